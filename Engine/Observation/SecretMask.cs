using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Masks what must never be shown: secret values wherever they turn up inside other text, and the values of telling headers.</summary>
/// <remarks>
/// Secret are: texts and numbers of 6 characters and more in values of secure parameters, credentials and tokens of calls, and every such text inside secured inputs and outputs. Expressions see the real values.
/// Rule: docs/run-record.md, "Secrets".
/// </remarks>
internal sealed class SecretMask
{
    private const int ShortestSecret = 6;
    private const string Mark = "*sanitized*";

    private static readonly System.Buffers.SearchValues<char> SchemeLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly HashSet<string> TellingHeaders = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie" };

    private readonly string[] _secrets;
    private readonly SecretIndex _index;
    private readonly HashSet<string> _numbers;

    /// <summary>A mask of these.</summary>
    /// <param name="secrets">As <see cref="Collect"/> gives them.</param>
    public SecretMask(IEnumerable<string> secrets)
    {
        _secrets = [.. secrets];
        _index = new SecretIndex(_secrets);
        _numbers = [.. _secrets.Where(secret => secret[0] == '-' || char.IsAsciiDigit(secret[0]))];
    }

    public static FlowValue Sanitized { get; } = FlowValue.String(Mark);

    public static SecretMask Of(Run run)
    {
        var secrets = KnownAtStart(run);
        run.Learned.CopyTo(secrets);
        CollectBranch(run.Plan.Root, run.Root, secrets);
        return new SecretMask(secrets);
    }

    /// <summary>What is secret before the first action has run: secure parameters, what the trigger hides.</summary>
    public static HashSet<string> KnownAtStart(Run run)
    {
        var secrets = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < run.Parameters.Length; i++)
        {
            if (run.Plan.Definition.Parameters[i].IsSecure) Collect(run.Parameters[i], secrets, numbers: true);
        }

        if (run.Trigger.Secured.HasFlag(SecuredParts.Inputs)) Collect(run.Trigger.Inputs, secrets);
        if (run.Trigger.Secured.HasFlag(SecuredParts.Outputs)) Collect(run.Trigger.Outputs, secrets);
        return secrets;
    }

    /// <summary>Headers with the scheme word only where they carry credentials: <c>Bearer *sanitized*</c>.</summary>
    public static FlowValue Headers(FlowValue headers)
    {
        if (headers.AsObjectOrNull is not { } o) return headers;
        FlowObjectBuilder? masked = null;
        for (var i = 0; i < o.Count; i++)
        {
            if (!TellingHeaders.Contains(o.Names[i]) || o.Values[i].AsStringOrNull is not { } text) continue;
            masked ??= o.ToBuilder();
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            masked.Replace(o.Names[i], FlowValue.String(IsScheme(text, space) ? text[..space] + " " + Mark : Mark));
        }

        return masked?.ToValue() ?? headers;
    }

    /// <summary>Inputs or outputs of what speaks HTTP: their <c>headers</c> as <see cref="Headers"/>, and the <c>cookie</c> of a request.</summary>
    public static FlowValue Message(FlowValue message)
    {
        if (message.AsObjectOrNull is not { } o) return message;
        if (o.TryGetExact("headers", out var headers) && Headers(headers) is var shown && !shown.IsSameAs(headers)) o = o.ToBuilder().Replace("headers", shown).ToObject();
        if (o.TryGetExact("cookie", out var cookie) && cookie.IsString && o.Contains("uri")) o = o.ToBuilder().Replace("cookie", Sanitized).ToObject();
        return ReferenceEquals(o, message.AsObject) ? message : o;
    }

    /// <summary>The value with every secret replaced; the very same value where there is none.</summary>
    public FlowValue Apply(FlowValue value) => _secrets.Length == 0 ? value : Masked(value);

    /// <summary>The text with every secret replaced.</summary>
    public string Apply(string text) => _secrets.Length == 0 ? text : _index.Replace(text, Mark);

    /// <summary>The same for a piece of a longer text: a secret may have been cut where it begins or ends.</summary>
    public string ApplyToPiece(string piece)
    {
        const int shortest = 4;
        var (from, to) = (0, piece.Length);
        foreach (var secret in _secrets)
        {
            if (piece.Length >= shortest && secret.Contains(piece, StringComparison.Ordinal)) return Mark;
            for (var length = Math.Min(secret.Length - 1, piece.Length); length >= shortest; length--)
            {
                if (length > from && piece.AsSpan(0, length).SequenceEqual(secret.AsSpan(secret.Length - length))) from = length;
                if (piece.Length - length < to && piece.AsSpan(piece.Length - length).SequenceEqual(secret.AsSpan(0, length))) to = piece.Length - length;
            }
        }

        if (from == 0 && to == piece.Length) return Apply(piece);
        return (from > 0 ? Mark : string.Empty) + (from < to ? Apply(piece[from..to]) : string.Empty) + (to < piece.Length ? Mark : string.Empty);
    }

    private static bool IsScheme(string text, int space) => space > 0 && text.AsSpan(0, space).IndexOfAnyExcept(SchemeLetters) < 0;

    private static void CollectBranch(PlannedBranch branch, Frame frame, HashSet<string> secrets)
    {
        foreach (var action in branch.Written)
        {
            if (frame.Slots[action.Slot] is not { } execution) continue;
            if (action.Secured.HasFlag(SecuredParts.Inputs)) Collect(execution.RecordedInputs, secrets);
            if (action.Secured.HasFlag(SecuredParts.Outputs)) Collect(execution.Outputs, secrets);
            foreach (var nested in action.Branches)
            {
                if (action.Repetition is null) CollectBranch(nested, frame, secrets);
                else foreach (var repetition in execution.Repetitions) CollectBranch(nested, repetition, secrets);
            }
        }
    }

    /// <summary>Takes every text of a hidden value that is long enough to be told from ordinary text.</summary>
    /// <param name="value">The hidden value.</param>
    /// <param name="secrets">Where its forms go.</param>
    /// <param name="numbers">Whether its numbers count as well: those of a secure parameter. In outputs they are sizes and times, and not told from others.</param>
    public static void Collect(FlowValue value, HashSet<string> secrets, bool numbers = false)
    {
        switch (value.Kind)
        {
            case FlowValueKind.String when value.AsString.Length >= ShortestSecret && value.AsString != Mark:
                SecretForms.Add(value.AsString, secrets);
                break;
            case FlowValueKind.Integer or FlowValueKind.Float or FlowValueKind.Decimal when numbers && value.ToJson() is { Length: >= ShortestSecret } digits:
                SecretForms.Add(digits, secrets);
                break;
            case FlowValueKind.Array:
                foreach (var item in value.AsArray) Collect(item, secrets, numbers);
                break;
            case FlowValueKind.Object:
                foreach (var (name, member) in value.AsObject)
                {
                    // A type is no secret; masking "application/json" everywhere would only hide the record.
                    if (!name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && !name.Equals("$content-type", StringComparison.OrdinalIgnoreCase)) Collect(member, secrets, numbers);
                }

                break;
        }
    }

    private FlowValue Masked(FlowValue value)
    {
        switch (value.Kind)
        {
            case FlowValueKind.String:
                var text = Apply(value.AsString);
                return ReferenceEquals(text, value.AsString) ? value : FlowValue.String(text);
            case FlowValueKind.Integer or FlowValueKind.Float or FlowValueKind.Decimal:
                return _numbers.Count > 0 && _numbers.Contains(value.ToJson()) ? Sanitized : value;
            case FlowValueKind.Array:
                return MaskedArray(value);
            case FlowValueKind.Object:
                return MaskedObject(value);
            default:
                return value;
        }
    }

    private FlowValue MaskedArray(FlowValue value)
    {
        var array = value.AsArray;
        FlowValue[]? items = null;
        for (var i = 0; i < array.Count; i++)
        {
            var item = Masked(array[i]);
            if (item.IsSameAs(array[i])) continue;
            items ??= array.AsSpan().ToArray();
            items[i] = item;
        }

        return items is null ? value : FlowArray.Create(items);
    }

    private FlowValue MaskedObject(FlowValue value)
    {
        var o = value.AsObject;
        FlowObjectBuilder? masked = null;
        for (var i = 0; i < o.Count; i++)
        {
            // A server may send a secret back as a name, too.
            if (_index.IsIn(o.Names[i])) return Renamed(o);
            var member = Masked(o.Values[i]);
            if (member.IsSameAs(o.Values[i])) continue;
            masked ??= o.ToBuilder();
            masked.Replace(o.Names[i], member);
        }

        return masked?.ToValue() ?? value;
    }

    // Names that become the same one are told apart by their number.
    private FlowValue Renamed(FlowObject o)
    {
        var masked = new FlowObjectBuilder(o.Count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < o.Count; i++)
        {
            var name = Apply(o.Names[i]);
            var shown = name;
            for (var number = 2; !taken.Add(shown); number++) shown = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} ({number})");
            masked.Add(shown, Masked(o.Values[i]));
        }

        return masked.ToValue();
    }
}
