using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml;
using DotLiquid;
using DotLiquid.NamingConventions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Renders a Liquid template, in which the input is <c>content</c>: the service's dialect, DotLiquid's of version 2.0 with names as in C#.</summary>
/// <remarks>
/// <c>kind</c> says what goes in and what comes out; the body is JSON or text. XML becomes JSON as by <c>json(xml(…))</c>. Codes but MapNotFound
/// and MissingLiquidActionKind are assumed.
/// </remarks>
internal static class LiquidTransform
{
    private const string Failure = "LiquidTransformFailed";
    private const int MaxMilliseconds = 10_000;
    private const int MaxIterations = 1_000_000;

    /// <summary>What goes in and what comes out.</summary>
    public static readonly string[] Kinds = ["JsonToJson", "JsonToText", "XmlToJson", "XmlToText"];

    public static FlowValue Run(RunScope scope, CancellationToken cancellation)
    {
        var name = scope.Action.Name;
        // Trimmed, the library loses its filters without a word.
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new TransformException("LiquidNotSupported", $"The action '{name}' can't run here: Liquid templates need the 'flow' tool on .NET, not an ahead-of-time compiled program.");
        if (string.IsNullOrEmpty(scope.Action.Kind)) throw new TransformException("MissingLiquidActionKind", $"The Liquid action '{name}' has no 'kind'. Give one of '{string.Join(", ", Kinds)}'.");
        var kind = Array.Find(Kinds, known => known.Equals(scope.Action.Kind, StringComparison.OrdinalIgnoreCase))
            ?? throw new TransformException("InvalidLiquidActionKind", $"The kind '{scope.Action.Kind}' of the Liquid action '{name}' is not supported. Give one of '{string.Join(", ", Kinds)}'.");
        var map = TransformInputs.Map(scope, ".liquid");
        var text = Render(name, map, Content(name, scope.Inputs["content"], kind.StartsWith("Xml", StringComparison.Ordinal)));
        cancellation.ThrowIfCancellationRequested();
        return FlowValue.Object(("body", kind.EndsWith("Json", StringComparison.Ordinal) ? Json(name, text) : FlowValue.String(text)));
    }

    private static string Render(string action, string map, FlowValue content)
    {
        try
        {
            var parameters = new RenderParameters(CultureInfo.InvariantCulture)
            {
                LocalVariables = Hash.FromDictionary(new Dictionary<string, object?> { ["content"] = Plain(content) }),
                ErrorsOutputMode = ErrorsOutputMode.Rethrow,
                MaxIterations = MaxIterations,
                Timeout = MaxMilliseconds,
                SyntaxCompatibilityLevel = SyntaxCompatibility.DotLiquid20,
            };
            return Library.Parse(map).Render(parameters);
        }
        catch (Exception failure)
        {
            // Whatever the library runs into while it renders is the template's doing; its exceptions have no common base.
            throw new TransformException(Failure, $"The Liquid template of action '{action}' failed: {failure.Message}");
        }
    }

    private static FlowValue Content(string action, FlowValue content, bool isXml)
    {
        try
        {
            var binary = BinaryContent.FromValue(content);
            if (!isXml) return binary is null ? content : FlowValue.Parse(binary.ToText().TrimStart('\uFEFF'));
            var text = content.AsStringOrNull;
            if (binary is null && text is null)
                throw new TransformException(Failure, $"The 'content' of action '{action}' must be XML, as text or as a content object. The provided value is of type '{content.TypeName}'.");
            var document = SafeXml.Load((binary is null ? text! : binary.ToText()).TrimStart('\uFEFF')); // one of the two is there
            return XmlJsonConversion.ToJson(new ParsedXml(document, null));
        }
        catch (Exception failure) when (failure is FlowJsonException or XmlException or FormatException)
        {
            throw new TransformException(Failure, $"The 'content' of action '{action}' can't be read: {failure.Message}");
        }
    }

    private static FlowValue Json(string action, string text)
    {
        try
        {
            return FlowValue.Parse(text);
        }
        catch (FlowJsonException failure)
        {
            throw new TransformException(Failure, $"The Liquid template of action '{action}' did not make valid JSON: {failure.Message}");
        }
    }

    // What templates can look into.
    private static object? Plain(FlowValue value) => value.Kind switch
    {
        FlowValueKind.Null => null,
        FlowValueKind.Boolean => value.AsBoolean,
        FlowValueKind.Integer => value.AsInteger,
        FlowValueKind.Float => value.AsDouble,
        FlowValueKind.Decimal => value.AsDecimal,
        FlowValueKind.Array => value.AsArray.Select(Plain).ToList(),
        FlowValueKind.Object => value.AsObject.ToDictionary(member => member.Key, member => Plain(member.Value), StringComparer.Ordinal),
        _ => value.AsString,
    };

    // The library keeps its convention for the whole process. Apart, because each start of a program asks for the kinds and none for the library.
    private static class Library
    {
        static Library() => Template.NamingConvention = new CSharpNamingConvention();

        public static Template Parse(string map) => Template.Parse(map, SyntaxCompatibility.DotLiquid20);
    }
}
