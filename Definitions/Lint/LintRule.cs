namespace FlowEngine.Definitions;

/// <summary>A habit that the service accepts and that goes wrong sooner or later.</summary>
/// <param name="Code"><c>FL</c> and four digits; never reused.</param>
/// <param name="Severity">How it is reported unless <c>.flowlint.json</c> says otherwise.</param>
/// <param name="Summary">What is found, one sentence.</param>
/// <param name="Advice">What to do instead, one sentence.</param>
internal sealed record LintRule(string Code, DiagnosticSeverity Severity, string Summary, string Advice);

/// <summary>Every rule, in the order of the codes.</summary>
internal static class LintRules
{
    public const string LiteralUrl = "FL0001";
    public const string PlainHttp = "FL0002";
    public const string SecretInUrl = "FL0003";
    public const string LiteralSecret = "FL0004";
    public const string UnusedVariable = "FL0005";
    public const string UnusedParameter = "FL0006";
    public const string RacingVariable = "FL0007";
    public const string AppendLoop = "FL0008";
    public const string NullArgument = "FL0009";
    public const string HalfOptional = "FL0010";
    public const string UntilWithoutLimit = "FL0011";
    public const string EmptyBranches = "FL0012";
    public const string UnhandledFailure = "FL0013";
    public const string SupersededOperation = "FL0014";
    public const string HalfFinally = "FL0015";
    public const string EmptyList = "FL0016";
    public const string UnorderedAppend = "FL0017";
    public const string NestedLoop = "FL0018";
    public const string RetryOff = "FL0019";
    public const string RepeatedChange = "FL0020";
    public const string OpenSecret = "FL0021";
    public const string OnlyElse = "FL0022";
    public const string AppendTextLoop = "FL0023";
    public const string AfterTerminate = "FL0024";
    public const string BodyOfCompose = "FL0025";

    /// <summary>The rules.</summary>
    public static IReadOnlyList<LintRule> All { get; } =
    [
        new(LiteralUrl, DiagnosticSeverity.Warning, "An Http action has its host written into it; said once a host.", "Take it from a parameter or an environment variable."),
        new(PlainHttp, DiagnosticSeverity.Warning, "A request goes out unencrypted.", "Use https."),
        new(SecretInUrl, DiagnosticSeverity.Error, "An address holds a key or a signature.", "Take it from a secure parameter or a key vault."),
        new(LiteralSecret, DiagnosticSeverity.Error, "A password, key or Authorization header is written into the flow.", "Take it from a secure parameter or a key vault."),
        new(UnusedVariable, DiagnosticSeverity.Warning, "A variable is initialised and never read.", "Remove it, or read it."),
        new(UnusedParameter, DiagnosticSeverity.Warning, "A parameter is declared and never used.", "Remove it."),
        new(RacingVariable, DiagnosticSeverity.Warning, "A variable is set in a loop whose repetitions run side by side.", "Run the loop one by one, or use Compose and the outputs of the loop."),
        new(AppendLoop, DiagnosticSeverity.Information, "A loop does nothing but append to an array.", "Use Select: it is one action."),
        new(NullArgument, DiagnosticSeverity.Warning, "A value that may be missing goes into a function that fails on null.", "Wrap it in coalesce()."),
        new(HalfOptional, DiagnosticSeverity.Information, "A plain step follows an optional one: where the first value is missing the second step fails.", "Write ?[…] for both."),
        new(UntilWithoutLimit, DiagnosticSeverity.Warning, "An Until has no limit of its own; 60 repetitions and one hour hold.", "Give it a count and a timeout."),
        new(EmptyBranches, DiagnosticSeverity.Information, "A scope or condition holds no action.", "Remove it."),
        new(UnhandledFailure, DiagnosticSeverity.Information, "Calls of this flow whose failure nothing looks at; said once a flow.", "Let an action run after the failure, of the call or of a scope around it."),
        new(SupersededOperation, DiagnosticSeverity.Warning, "A connector or an operation of it that another one has replaced.", "Use the one that the message names."),
        new(HalfFinally, DiagnosticSeverity.Information, "An action that runs after success and failure is skipped after a timeout.", "Add TimedOut and Skipped to its runAfter."),
        new(EmptyList, DiagnosticSeverity.Warning, "The first or last item of a list is read into; where the list is empty that fails.", "Write first(…)?[…]."),
        new(UnorderedAppend, DiagnosticSeverity.Information, "A loop whose repetitions run side by side appends; the order of what is appended is not kept.", "Run the loop one by one where the order matters."),
        new(NestedLoop, DiagnosticSeverity.Information, "A loop in a loop runs its actions as often as both lists are long.", "Look whether Select, Query or a join of the lists will do."),
        new(RetryOff, DiagnosticSeverity.Information, "A call gives up at its first failure: its retry policy is none.", "Give it a retry policy, or let an action run after its failure."),
        new(RepeatedChange, DiagnosticSeverity.Information, "A POST or PATCH is sent again after a failure, by the default retry policy, though it may have had its effect; said once a flow.", "Give it a retry policy of its own, or an idempotency key."),
        new(OpenSecret, DiagnosticSeverity.Warning, "A secret is read from Key Vault and shows in the run's history.", "Secure its outputs: runtimeConfiguration.secureData.properties [\"outputs\"]."),
        new(OnlyElse, DiagnosticSeverity.Information, "A condition has actions for the false side only.", "Negate the condition."),
        new(AppendTextLoop, DiagnosticSeverity.Information, "A loop does nothing but append to a text.", "Use Select and Join."),
        new(AfterTerminate, DiagnosticSeverity.Warning, "An action that runs after a Terminate never starts: the run has ended.", "Remove it, or the Terminate."),
        new(BodyOfCompose, DiagnosticSeverity.Warning, "body() of a Compose is null: a Compose has outputs and no body.", "Use outputs()."),
    ];

    /// <summary>The rule of a code.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static LintRule Of(string code) => All.FirstOrDefault(rule => rule.Code == code) ?? throw new ArgumentException($"There is no rule '{code}'.", nameof(code));
}
