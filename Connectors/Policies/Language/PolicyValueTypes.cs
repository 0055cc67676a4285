using System.Globalization;

namespace FlowEngine.Connectors;

/// <summary>Numbers, times, identities, and the classes that convert them.</summary>
internal static class PolicyValueTypes
{
    private const DateTimeStyles Utc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static IEnumerable<PolicyType> Table { get; } =
    [
        new PolicyType("DateTime")
        {
            Statics =
            {
                ["UtcNow"] = call => Now(call),
                ["Now"] = call => Now(call),
                ["Today"] = call => Now(call).Date,
                ["MinValue"] = _ => DateTime.MinValue,
                ["MaxValue"] = _ => DateTime.MaxValue,
                ["UnixEpoch"] = _ => DateTime.UnixEpoch,
                ["Parse"] = call => DateTime.Parse(call.Text(0), Invariant, Utc),
                ["ParseExact"] = call => DateTime.ParseExact(call.Text(0), call.Text(1), Invariant, Utc),
            },
            Create = call => call.Count switch
            {
                1 => new DateTime(call.Long(0), DateTimeKind.Utc),
                3 => new DateTime(call.Integer(0), call.Integer(1), call.Integer(2), 0, 0, 0, DateTimeKind.Utc),
                _ => new DateTime(call.Integer(0), call.Integer(1), call.Integer(2), call.Integer(3), call.Integer(4), call.Integer(5), DateTimeKind.Utc),
            },
        },
        new PolicyType("DateTimeOffset")
        {
            Statics =
            {
                ["UtcNow"] = call => call.Evaluator.Context.Now,
                ["Now"] = call => call.Evaluator.Context.Now,
                ["Parse"] = call => DateTimeOffset.Parse(call.Text(0), Invariant, DateTimeStyles.AssumeUniversal),
                ["FromUnixTimeSeconds"] = call => DateTimeOffset.FromUnixTimeSeconds(call.Long(0)),
                ["FromUnixTimeMilliseconds"] = call => DateTimeOffset.FromUnixTimeMilliseconds(call.Long(0)),
            },
        },
        new PolicyType("TimeSpan")
        {
            Statics =
            {
                ["Zero"] = _ => TimeSpan.Zero,
                ["FromDays"] = call => TimeSpan.FromDays(call.Number(0)),
                ["FromHours"] = call => TimeSpan.FromHours(call.Number(0)),
                ["FromMinutes"] = call => TimeSpan.FromMinutes(call.Number(0)),
                ["FromSeconds"] = call => TimeSpan.FromSeconds(call.Number(0)),
                ["FromMilliseconds"] = call => TimeSpan.FromMilliseconds(call.Number(0)),
                ["Parse"] = call => TimeSpan.Parse(call.Text(0), Invariant),
            },
            Create = call => call.Count == 4 ? new TimeSpan(call.Integer(0), call.Integer(1), call.Integer(2), call.Integer(3)) : new TimeSpan(call.Integer(0), call.Integer(1), call.Integer(2)),
        },
        new PolicyType("Guid")
        {
            Statics = { ["NewGuid"] = call => call.Evaluator.Context.NewGuid(), ["Empty"] = _ => Guid.Empty, ["Parse"] = call => Guid.Parse(call.Text(0)) },
            Create = call => Guid.Parse(call.Text(0)),
        },
        new PolicyType("Random") { Create = call => new PolicyRandom(call.Evaluator.Context.NextDouble) },
        new PolicyType("Math")
        {
            Statics =
            {
                ["PI"] = _ => Math.PI,
                ["Abs"] = call => PolicyOperators.Plain(call[0]) switch { int number => Math.Abs(number), long number => Math.Abs(number), decimal number => Math.Abs(number), _ => (object)Math.Abs(call.Number(0)) },
                ["Min"] = call => PolicyComparisons.Compare(call[0], call[1], call.At, call.Budget) <= 0 ? call[0] : call[1],
                ["Max"] = call => PolicyComparisons.Compare(call[0], call[1], call.At, call.Budget) >= 0 ? call[0] : call[1],
                ["Floor"] = call => Math.Floor(call.Number(0)),
                ["Ceiling"] = call => Math.Ceiling(call.Number(0)),
                ["Truncate"] = call => Math.Truncate(call.Number(0)),
                ["Round"] = call => Math.Round(call.Number(0), call.Count > 1 ? call.Integer(1) : 0),
                ["Pow"] = call => Math.Pow(call.Number(0), call.Number(1)),
                ["Sqrt"] = call => Math.Sqrt(call.Number(0)),
            },
        },
        new PolicyType("Convert")
        {
            Statics =
            {
                ["ToBase64String"] = call => call.Built(System.Convert.ToBase64String(call.Bytes(0))),
                ["FromBase64String"] = call => call.Built(System.Convert.FromBase64String(call.Text(0))),
                ["ToHexString"] = call => call.Built(System.Convert.ToHexString(call.Bytes(0))),
                ["FromHexString"] = call => call.Built(System.Convert.FromHexString(call.Text(0))),
                ["ToInt32"] = call => System.Convert.ToInt32(PolicyOperators.Plain(call[0]), Invariant),
                ["ToInt64"] = call => System.Convert.ToInt64(PolicyOperators.Plain(call[0]), Invariant),
                ["ToDouble"] = call => System.Convert.ToDouble(PolicyOperators.Plain(call[0]), Invariant),
                ["ToDecimal"] = call => System.Convert.ToDecimal(PolicyOperators.Plain(call[0]), Invariant),
                ["ToBoolean"] = call => System.Convert.ToBoolean(PolicyOperators.Plain(call[0]), Invariant),
                ["ToString"] = call => call.Built(PolicyCasts.Text(call[0])),
                ["ToDateTime"] = call => DateTime.Parse(call.Text(0), Invariant, Utc),
            },
        },
        new PolicyType("BitConverter") { Statics = { ["ToString"] = call => call.Built(BitConverter.ToString(call.Bytes(0))) } },
        Number("int", call => int.Parse(call.Text(0), Invariant), int.MinValue, int.MaxValue),
        Number("uint", call => uint.Parse(call.Text(0), Invariant), uint.MinValue, uint.MaxValue),
        Number("ulong", call => ulong.Parse(call.Text(0), Invariant), ulong.MinValue, ulong.MaxValue),
        Number("long", call => long.Parse(call.Text(0), Invariant), long.MinValue, long.MaxValue),
        Number("double", call => double.Parse(call.Text(0), Invariant), double.MinValue, double.MaxValue),
        Number("decimal", call => decimal.Parse(call.Text(0), Invariant), decimal.MinValue, decimal.MaxValue),
        new PolicyType("bool") { Statics = { ["Parse"] = call => bool.Parse(call.Text(0)), ["TrueString"] = _ => bool.TrueString, ["FalseString"] = _ => bool.FalseString } },
        new PolicyType("char")
        {
            Statics =
            {
                ["IsDigit"] = call => call[0] is char c && char.IsDigit(c),
                ["IsLetter"] = call => call[0] is char c && char.IsLetter(c),
                ["IsLetterOrDigit"] = call => call[0] is char c && char.IsLetterOrDigit(c),
                ["IsWhiteSpace"] = call => call[0] is char c && char.IsWhiteSpace(c),
                ["ToUpper"] = call => call[0] is char c ? char.ToUpperInvariant(c) : null,
                ["ToLower"] = call => call[0] is char c ? char.ToLowerInvariant(c) : null,
            },
        },
    ];

    private static DateTime Now(PolicyCall call) => call.Evaluator.Context.Now.UtcDateTime;

    private static PolicyType Number(string name, Func<PolicyCall, object?> parse, object least, object most) =>
        new(name) { Statics = { ["Parse"] = parse, ["MinValue"] = _ => least, ["MaxValue"] = _ => most } };
}

/// <summary><c>new Random()</c>, on the run's own chance.</summary>
internal sealed record PolicyRandom(Func<double> Next);
