namespace FlowEngine.Definitions;

/// <summary>A template's parameters and variables. Values are found when they are asked for, and once.</summary>
internal sealed class ArmScope
{
    private readonly FlowValue _template;
    private readonly IReadOnlyDictionary<string, FlowValue> _given;
    private readonly ArmScope? _outer;
    private readonly Dictionary<string, FlowValue> _fromOutside = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FlowValue> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _inProgress = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The scope of one template.</summary>
    /// <param name="template">The template: <c>parameters</c>, <c>variables</c>, <c>resources</c>.</param>
    /// <param name="given">Values that a deployment gives to its parameters, not resolved.</param>
    /// <param name="outer">The scope in which <paramref name="given"/> stands; null for the file's own template.</param>
    /// <param name="isQuoted">Whether the template stands in another one as data, with its brackets doubled.</param>
    public ArmScope(FlowValue template, IReadOnlyDictionary<string, FlowValue> given, ArmScope? outer = null, bool isQuoted = false)
    {
        _template = template;
        _given = given;
        _outer = outer;
        IsQuoted = isQuoted;
        Budget = outer?.Budget ?? new ArmBudget();
    }

    /// <summary>What resolving may still cost, in this scope and those in it.</summary>
    public ArmBudget Budget { get; }

    private bool IsQuoted { get; }

    /// <summary>The parameters that whoever deploys the template gives: those of the file's own template, and of the content packages in it.</summary>
    public IEnumerable<string> DeployedParameters => Deployed.SelectMany(scope => scope._template["parameters"].AsObjectOrNull?.Names.ToArray() ?? []).Distinct(StringComparer.OrdinalIgnoreCase);

    private IEnumerable<ArmScope> Deployed
    {
        get
        {
            for (var scope = this; scope is not null; scope = scope._outer)
            {
                if (scope.IsQuoted || scope._outer is null) yield return scope;
            }
        }
    }

    /// <summary>Gives parameters that whoever deploys the template sets their values, in place of default values; names that it does not declare mean nothing.</summary>
    public void Deploy(IReadOnlyDictionary<string, FlowValue> values)
    {
        if (values.Count == 0) return;
        for (var scope = this; scope is not null; scope = scope._outer) scope._known.Clear(); // Names of workflows may have been asked for before.
        foreach (var scope in Deployed)
        {
            foreach (var (name, value) in values) scope._fromOutside[name] = value;
        }
    }

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="ArmException">It has none.</exception>
    public FlowValue Parameter(string name)
    {
        var declared = _template["parameters"].TryGetMember(name, out var declaration);
        return Once("parameter", name, () =>
        {
            if (declared && _fromOutside.TryGetValue(name, out var deployed)) return Fit(deployed, declaration["type"].AsStringOrNull);
            if (_given.TryGetValue(name, out var given)) return _outer is null ? given : ArmEvaluator.ResolveAll(given, _outer);
            if (!declared) throw new ArmException($"the template has no parameter '{name}'");
            return declaration.TryGetMember("defaultValue", out var value)
                ? ArmEvaluator.ResolveAll(value, this)
                : throw new ArmException($"the template's parameter '{name}' has no value");
        });
    }

    /// <summary>The value of a variable.</summary>
    /// <exception cref="ArmException">There is no such variable, or it needs itself.</exception>
    public FlowValue Variable(string name) => Once("variable", name, () =>
        _template["variables"].TryGetMember(name, out var value)
            ? ArmEvaluator.ResolveAll(value, this)
            : throw new ArmException($"the template has no variable '{name}'"));

    /// <summary>The value of one text of the template: that of its expression, or the text itself.</summary>
    /// <exception cref="ArmException">The expression has no value here.</exception>
    public FlowValue Resolve(string text)
    {
        if (IsQuoted)
        {
            // What the outer template sees as an escaped bracket is an expression of this one.
            if (!ArmParser.IsEscaped(text)) return _outer is null ? FlowValue.String(text) : _outer.Resolve(text);
            text = text[1..];
        }

        if (ArmParser.IsEscaped(text)) return FlowValue.String(text[1..]);
        return ArmParser.IsExpression(text) ? new ArmEvaluator(this).Evaluate(ArmParser.Parse(text)) : FlowValue.String(text);
    }

    // A parameter of the type string takes a number or a boolean as the text written.
    private static FlowValue Fit(FlowValue value, string? type) =>
        type is not null && type.EndsWith("string", StringComparison.OrdinalIgnoreCase) && (value.IsNumber || value.IsBoolean) ? FlowValue.String(value.ToJson()) : value;

    private FlowValue Once(string kind, string name, Func<FlowValue> find)
    {
        var key = kind + " " + name;
        if (_known.TryGetValue(key, out var known)) return Budget.Weigh(known);
        if (!_inProgress.Add(key)) throw new ArmException($"the template's {kind} '{name}' needs itself");
        Budget.Enter();
        try
        {
            return _known[key] = Budget.Weigh(find());
        }
        finally
        {
            Budget.Leave();
            _inProgress.Remove(key);
        }
    }
}
