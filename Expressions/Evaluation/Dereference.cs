using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>What one dereference gives or says. Rules and words: expressions reference, section 2.</summary>
/// <remarks>Messages quote the whole chain that the step belongs to, as the service does.</remarks>
internal static class Dereference
{
    /// <summary>The member of that name where the fast look-up found none: nested by slashes, null, or a failure.</summary>
    public static FlowValue Missing(FlowValue target, string name, bool isOptional, ExpressionSource? source, TextSpan chain)
    {
        if (target.AsObjectOrNull is not null && name.Contains('/', StringComparison.Ordinal))
        {
            // outputs('X')?['body/value'] walks two members; the exact name has been tried before.
            foreach (var part in name.Split('/'))
            {
                target = target.AsArrayOrNull is { } array && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    ? Element(array, index, isOptional, source, chain)
                    : Member(target, part, isOptional, source, chain);
            }

            return target;
        }

        return Member(target, name, isOptional, source, chain);
    }

    /// <summary>The member of that name, null for a missing one behind <c>?</c>.</summary>
    public static FlowValue Member(FlowValue target, string name, bool isOptional, ExpressionSource? source, TextSpan chain)
    {
        switch (target.Kind)
        {
            case FlowValueKind.Object:
                var o = target.AsObject;
                if (o.TryGet(name, out var value) || isOptional) return value;
                throw Fail(
                    source,
                    chain,
                    $"property '{name}' doesn't exist, available properties are '{string.Join(", ", o.Names.ToArray())}'.",
                    NearestName.Hint(name, o.Names));
            case FlowValueKind.Null when isOptional:
                return default;
            case FlowValueKind.Null:
                throw Fail(source, chain, $"property '{name}' cannot be selected.");
            case FlowValueKind.Array:
                throw Fail(source, chain, $"property '{name}' cannot be selected. Array elements can only be selected using an integer index.");
            default:
                throw Fail(
                    source,
                    chain,
                    $"property '{name}' cannot be selected. Property selection is not supported on values of type '{ValueText.TypeName(target)}'.");
        }
    }

    /// <summary>What an index of any type selects.</summary>
    public static FlowValue At(FlowValue target, FlowValue index, bool isOptional, ExpressionSource? source, TextSpan chain)
    {
        if (index.IsInteger && target.AsArrayOrNull is { } array) return Element(array, index.AsInteger, isOptional, source, chain);
        var name = ValueText.Of(index);
        return target.TryGetMember(name, out var value) ? value : Missing(target, name, isOptional, source, chain);
    }

    private static FlowValue Element(FlowArray array, long index, bool isOptional, ExpressionSource? source, TextSpan chain)
    {
        if (index >= 0 && index < array.Count) return array[(int)index];
        if (isOptional) return default;
        throw array.Count == 0
            ? Fail(source, chain, $"array index '{index}' cannot be selected from empty array.")
            : Fail(source, chain, $"array index '{index}' is outside bounds (0, {array.Count - 1}) of array.");
    }

    private static ExpressionException Fail(ExpressionSource? source, TextSpan chain, string because, string? detail = null)
    {
        var text = source is null ? string.Empty : source.Text.Substring(chain.Start, chain.Length);
        return new ExpressionException(
            $"The template language expression '{text}' cannot be evaluated because {because} Please see https://aka.ms/logicexpressions for usage details.",
            detail);
    }
}

/// <summary><c>target['name']</c> and <c>target.name</c>, with or without <c>?</c>.</summary>
/// <param name="target">What has the member.</param>
/// <param name="name">Its name.</param>
/// <param name="isOptional">Whether a missing one is null.</param>
/// <param name="chainLength">How long the chain is that the step belongs to; it starts where the step does.</param>
/// <param name="isAsked">Whether it is optional by a lenient rule only (V3 of the tutorial's dialect).</param>
internal sealed class Property(Expression target, string name, bool isOptional, int chainLength, bool isAsked) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var current = target;
        try
        {
            var value = target.Evaluate(context);
            if (value.TryGetMember(name, out var member)) return member;
            current = this;
            member = Dereference.Missing(value, name, isOptional, Source, Span with { Length = chainLength });
            if (isAsked && member.IsNull) context.NoteLeniency($"V3: the property '{name}' is missing and counts as null");
            return member;
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
    }
}

/// <summary><c>target[index]</c> where the index is no literal text.</summary>
/// <param name="target">What has the element.</param>
/// <param name="index">Its name or index.</param>
/// <param name="isOptional">Whether a missing one is null.</param>
/// <param name="chainLength">How long the chain is that the step belongs to; it starts where the step does.</param>
/// <param name="isAsked">Whether it is optional by a lenient rule only (V3 of the tutorial's dialect).</param>
internal sealed class Index(Expression target, Expression index, bool isOptional, int chainLength, bool isAsked) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var current = target;
        try
        {
            var value = target.Evaluate(context);
            current = index;
            var at = index.Evaluate(context);
            current = this;
            var element = Dereference.At(value, at, isOptional, Source, Span with { Length = chainLength });
            if (isAsked && element.IsNull && !IsThere(value, at)) context.NoteLeniency("V3: an element is missing and counts as null");
            return element;
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
    }

    private static bool IsThere(FlowValue value, FlowValue at) =>
        at.IsInteger && value.AsArrayOrNull is { } array ? at.AsInteger >= 0 && at.AsInteger < array.Count : value.TryGetMember(ValueText.Of(at), out _);
}
