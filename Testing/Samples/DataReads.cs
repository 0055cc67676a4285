using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Testing;

/// <summary>Reads a flow's expressions for what they want of the data that comes from outside: of its trigger, its calls, its parameters.</summary>
/// <remarks>What passes through variables, Compose, ParseJson, Select, Query and loops is followed back to where it comes from.</remarks>
internal sealed class DataReads
{
    private const int MostOrigins = 16;

    // A chain of values that are made of each other, each twice, doubles at every link; and one may be made of itself.
    private const int MostSteps = 200_000;
    private const int DeepestChain = 24;

    private readonly FlowIndex _index;
    private readonly TemplateTextCache _texts;
    private readonly bool _isSplit;
    private readonly Dictionary<string, DataShape> _calls = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DataShape> _parameters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<(FlowValue Value, ActionNode At, bool IsItem)>> _assignments = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<DataOrigin>> _followed = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly DataShape _trigger = new();
    private int _left = MostSteps;
    private int _depth;

    private DataReads(WorkflowDefinition definition)
    {
        _texts = new TemplateTextCache();
        _index = new FlowIndex(definition);
        _isSplit = definition.Triggers.Any(trigger => !trigger.Raw["splitOn"].IsNull);
        _trigger.Put("outputs", new DataShape());
    }

    /// <summary>What is read of the trigger's outputs.</summary>
    public DataShape Trigger => _trigger.Members["outputs"];

    /// <summary>What is read of the outputs of calls, by the action's name.</summary>
    public IReadOnlyDictionary<string, DataShape> Calls => _calls;

    /// <summary>What is read of parameters, by name, those that nobody declares included.</summary>
    public IReadOnlyDictionary<string, DataShape> Parameters => _parameters;

    /// <summary>The names of application settings that are asked for.</summary>
    public IReadOnlyCollection<string> AppSettings => _settings;

    /// <summary>Reads a definition.</summary>
    public static DataReads Of(WorkflowDefinition definition)
    {
        var reads = new DataReads(definition);
        reads.Assign();
        foreach (var use in TemplateCollector.Collect(definition, reads._index, reads._texts))
        {
            // A trigger that splits its list asks about the list; everything else sees an item.
            if (use.Role == TemplateRole.Trigger && reads._isSplit) continue;
            foreach (var expression in use.Text.Expressions) reads.Visit(expression, use.Node);
        }

        foreach (var trigger in definition.Triggers) TakeFor(reads.Resolve(trigger.Raw["recurrence"]["startTime"], null), DataUse.Date);
        foreach (var node in reads._index.All) reads.Action(node);
        return reads;
    }

    /// <summary>Takes note of what the values of a template are taken for.</summary>
    public static void TakeFor(IEnumerable<DataOrigin> origins, DataUse use)
    {
        if (use == DataUse.Any) return;
        foreach (var origin in origins) origin.Shape?.TakeFor(use);
    }

    /// <summary>Where the value of a template comes from; nowhere that is known for most.</summary>
    public IReadOnlyList<DataOrigin> Resolve(FlowValue template, ActionNode? at)
    {
        if (template.IsObject || template.AsArrayOrNull is not null) return [new DataOrigin(null, template, at)];
        if (template.AsStringOrNull is not { } text || !text.Contains('@', StringComparison.Ordinal)) return [];
        var parsed = _texts.Get(text);
        var root = parsed.Expression ?? (parsed.Parts is [{ Expression: { } only }] ? only : null);
        if (root is null || _depth == DeepestChain) return [];
        _depth++;
        var found = Visit(root, at);
        _depth--;
        return found;
    }

    // What each variable is given anywhere.
    private void Assign()
    {
        foreach (var node in _index.All)
        {
            var inputs = node.Action.Inputs;
            void Add(string? name, FlowValue value, bool isItem)
            {
                if (name is null) return;
                if (!_assignments.TryGetValue(name, out var list)) _assignments.Add(name, list = []);
                list.Add((value, node, isItem));
            }

            switch (node.Action.Type)
            {
                case "InitializeVariable":
                    foreach (var variable in inputs["variables"].AsArrayOrNull ?? FlowArray.Empty) Add(variable["name"].AsStringOrNull, variable["value"], false);
                    break;
                case "SetVariable":
                    Add(inputs["name"].AsStringOrNull, inputs["value"], false);
                    break;
                case "AppendToArrayVariable":
                    Add(inputs["name"].AsStringOrNull, inputs["value"], true);
                    break;
            }
        }
    }

    private void Action(ActionNode node)
    {
        var action = node.Action;
        var inputs = action.Inputs;
        switch (action.Type)
        {
            case "Foreach":
                TakeFor(Resolve(action.Raw["foreach"], node.Parent), DataUse.List);
                break;
            case "Query":
                TakeFor(Resolve(inputs["from"], node.Parent), DataUse.List);
                PreferNothing(inputs["where"], node);
                break;
            case "Select" or "Table" or "Join":
                TakeFor(Resolve(inputs["from"], node.Parent), DataUse.List);
                break;
            case "ParseJson":
                BodyOf(node);
                break;
            case "If":
                // A side that ends the run is not the one to take first.
                ConditionReads.Read(action.Raw["expression"], node, this, isWanted: !Ends(action.Branches[0]) || Ends(action.Branches[1]));
                break;
            case "Until":
                ConditionReads.Read(action.Raw["expression"], node, this);
                break;
            case "Switch":
                var origins = Resolve(action.Raw["expression"], node);
                foreach (var branch in action.Branches.Where(branch => !branch.Case.IsNull)) ConditionReads.Compare("equals", origins, branch.Case);
                break;
            case "Wait":
                TakeFor(Resolve(inputs["until"]["timestamp"], node), DataUse.Date);
                TakeFor(Resolve(inputs["interval"]["count"], node), DataUse.Number);
                break;
            case "Response":
                foreach (var origin in Resolve(inputs["statusCode"], node)) origin.Shape?.Choose(200);
                break;
            case "IncrementVariable" or "DecrementVariable":
                TakeFor(Resolve(inputs["value"], node), DataUse.Number);
                break;
            case "InitializeVariable":
                foreach (var variable in inputs["variables"].AsArrayOrNull ?? FlowArray.Empty) TakeFor(Resolve(variable["value"], node), OfType(variable["type"].AsStringOrNull));
                break;
            case "SetVariable" when inputs["name"].AsStringOrNull is { } name:
                TakeFor(Resolve(inputs["value"], node), TypeOf(name));
                break;
        }
    }

    private static bool Ends(BranchDefinition branch) => branch.Actions.Any(action => action.Type == "Terminate");

    // A filter that keeps what is null or empty should find something.
    private void PreferNothing(FlowValue where, ActionNode node)
    {
        if (where.AsStringOrNull is not { } text || _texts.Get(text).Expression is not CallSyntax { Arguments.Count: 1 or 2 } call) return;
        var isAsked = call.Name.Equals("empty", StringComparison.OrdinalIgnoreCase)
            || (call.Name.Equals("equals", StringComparison.OrdinalIgnoreCase) && call.Arguments.Any(argument => argument is LiteralSyntax { Value: var value } && (value.IsNull || value.AsStringOrNull is { Length: 0 })));
        if (!isAsked) return;
        foreach (var origin in call.Arguments.SelectMany(argument => Visit(argument, node))) origin.Shape?.PreferNothing();
    }

    private DataUse TypeOf(string variable) => _index.All
        .Where(node => node.Action.Type == "InitializeVariable")
        .SelectMany(node => node.Action.Inputs["variables"].AsArrayOrNull ?? FlowArray.Empty)
        .Where(declared => variable.Equals(declared["name"].AsStringOrNull, StringComparison.OrdinalIgnoreCase))
        .Select(declared => OfType(declared["type"].AsStringOrNull)).FirstOrDefault();

    private static DataUse OfType(string? type) => type?.ToUpperInvariant() switch
    {
        "STRING" => DataUse.Text,
        "INTEGER" or "INT" or "FLOAT" => DataUse.Number,
        "BOOLEAN" or "BOOL" => DataUse.Boolean,
        "ARRAY" => DataUse.List,
        "OBJECT" => DataUse.Object,
        _ => DataUse.Any,
    };

    private IReadOnlyList<DataOrigin> Visit(SyntaxNode node, ActionNode? at)
    {
        if (--_left < 0) return [];
        if (node is MemberSyntax member)
        {
            var targets = Visit(member.Target, at);
            var index = member.Index is LiteralSyntax literal ? literal.Value : default;
            if (member.Index is not LiteralSyntax) Visit(member.Index, at);
            if (member.Target is CallSyntax { Name: var split } cut && split.Equals("split", StringComparison.OrdinalIgnoreCase) && index.IsInteger) CutAt(cut, (int)Math.Clamp(index.AsInteger, 0, 50) + 1, at);
            return [.. targets.SelectMany(target => Step(target, index, member.Index)).Take(MostOrigins)];
        }

        return node is CallSyntax call ? Call(call, at) : [];
    }

    private IReadOnlyList<DataOrigin> Step(DataOrigin target, FlowValue index, SyntaxNode written)
    {
        if (index.AsStringOrNull is { } name)
        {
            if (target.Shape is { } shape) return [new DataOrigin(shape.Member(name))];
            if (target.Outputs is { } action)
            {
                if (name.Equals("body", StringComparison.OrdinalIgnoreCase)) return BodyOf(action);
                return name.StartsWith("body/", StringComparison.OrdinalIgnoreCase) ? [.. BodyOf(action).SelectMany(body => Step(body, FlowValue.String(name[5..]), written))] : [];
            }

            return target.Template.TryGetMember(name, out var member) ? Resolve(member, target.At) : [];
        }

        // A computed step is an item where it looks like a position.
        var isPosition = index.IsInteger || (written is CallSyntax { Name: var function } && function.ToUpperInvariant() is "INT" or "ADD" or "SUB" or "ITERATIONINDEXES" or "LENGTH" or "MOD" or "RAND");
        return isPosition ? Items(target, index.IsInteger ? (int)Math.Clamp(index.AsInteger, 0, 10) : 0) : [];
    }

    private IReadOnlyList<DataOrigin> Items(DataOrigin target, int index = 0)
    {
        if (target.Shape is { } shape) return [new DataOrigin(shape.Item(index))];
        return target.Template.AsArrayOrNull is { } items ? [.. items.Take(MostOrigins).SelectMany(item => Resolve(item, target.At)).Take(MostOrigins)] : [];
    }

    private IReadOnlyList<DataOrigin> Call(CallSyntax call, ActionNode? at)
    {
        var arguments = call.Arguments.Select(argument => Visit(argument, at)).ToList();
        for (var i = 0; i < arguments.Count; i++) TakeFor(arguments[i], ReadFunctions.UseOf(call.Name, i));
        if (ReadFunctions.UseOf(call.Name, 0) == DataUse.Date && call.Arguments is [CallSyntax { Arguments: [_, LiteralSyntax { Value: var zone }] } joined, ..] && zone.AsStringOrNull == "Z") TakeFor(Visit(joined.Arguments[0], at), DataUse.LocalDate);
        ConditionReads.Compare(call, arguments);
        var name = call.LiteralText(0);
        switch (call.Name.ToUpperInvariant())
        {
            case "TRIGGERBODY":
                return [new DataOrigin(Trigger.Member("body"))];
            case "TRIGGEROUTPUTS":
                return [new DataOrigin(Trigger)];
            case "TRIGGER":
                return [new DataOrigin(_trigger)];
            case "BODY" or "ACTIONBODY" when name is not null:
                return _index.Find(name) is { } body ? BodyOf(body) : [];
            case "OUTPUTS" or "ACTIONOUTPUTS" when name is not null:
                return _index.Find(name) is { } outputs ? OutputsOf(outputs) : [];
            case "ITEMS" when name is not null:
                return _index.Find(name) is { Action.Type: "Foreach" } loop ? ItemsOf(loop) : [];
            case "ITEM":
                return at is { Action.Type: "Select" or "Query" or "Table" } ? [.. Resolve(at.Action.Inputs["from"], at.Parent).SelectMany(list => Items(list))]
                    : at?.Containers().FirstOrDefault(node => node.Action.Type == "Foreach") is { } around ? ItemsOf(around) : [];
            case "VARIABLES" when name is not null:
                return VariableOf(name);
            case "PARAMETERS" when name is not null:
                if (!_parameters.TryGetValue(name, out var parameter)) _parameters.Add(name, parameter = new DataShape());
                return [new DataOrigin(parameter)];
            case "APPSETTING" when name is not null:
                _settings.Add(name);
                return [];
            case "FIRST" or "LAST":
                return [.. arguments.Take(1).SelectMany(list => list).SelectMany(list => Items(list))];
            case "IF" when arguments.Count == 3:
                return [.. arguments[1].Concat(arguments[2]).Take(MostOrigins)];
            case "SPLIT" or "INDEXOF" or "LASTINDEXOF" or "NTHINDEXOF" or "SPLITON":
                CutAt(call, 2, at);
                return [];
        }

        // json(string(x)) and json(xml(x)) give what they were given.
        if (ReadFunctions.Reads(call.Name, out var holding))
            return call.Arguments is [CallSyntax { Name: var inner }] && inner.ToUpperInvariant() is "STRING" or "XML" ? arguments[0] : [.. arguments.Take(1).SelectMany(held => held).Where(held => held.Shape is not null).Select(held => new DataOrigin(held.Shape!.HeldAs(holding)))];
        return [.. arguments.Where((_, i) => ReadFunctions.Passes(call.Name, i)).SelectMany(passed => passed).Take(MostOrigins)];
    }

    private void CutAt(CallSyntax call, int pieces, ActionNode? at)
    {
        if (call.LiteralText(1) is not { } separator) return;
        foreach (var origin in Visit(call.Arguments[0], at)) origin.Shape?.CutAt(separator, pieces);
    }

    private IReadOnlyList<DataOrigin> ItemsOf(ActionNode loop) =>
        Followed("items " + loop.Action.Name, () => [.. Resolve(loop.Action.Raw["foreach"], loop.Parent).SelectMany(list => Items(list)).Take(MostOrigins)]);

    private IReadOnlyList<DataOrigin> VariableOf(string name) => Followed("variable " + name, () =>
    {
        if (!_assignments.TryGetValue(name, out var given)) return [];
        return [.. given.SelectMany(one => one.IsItem ? [new DataOrigin(null, FlowValue.Array([one.Value]), one.At)] : Resolve(one.Value, one.At)).Take(MostOrigins)];
    });

    private IReadOnlyList<DataOrigin> OutputsOf(ActionNode node) => node.Action.Type switch
    {
        "Compose" => Followed("outputs " + node.Action.Name, () => Resolve(node.Action.Inputs, node)),
        "ParseJson" or "Select" or "Query" => [new DataOrigin(null, Outputs: node)],
        _ => CallOf(node) is { } shape ? [new DataOrigin(shape)] : [],
    };

    private IReadOnlyList<DataOrigin> BodyOf(ActionNode node) => node.Action.Type switch
    {
        "ParseJson" => Followed("body " + node.Action.Name, () => Parsed(node)),
        "Query" => Followed("body " + node.Action.Name, () => Resolve(node.Action.Inputs["from"], node.Parent)),
        "Select" => [new DataOrigin(null, FlowValue.Array([node.Action.Inputs["select"]]), node)],
        _ => CallOf(node) is { } shape ? [new DataOrigin(shape.Member("body"))] : [],
    };

    private IReadOnlyList<DataOrigin> Parsed(ActionNode node)
    {
        var origins = Resolve(node.Action.Inputs["content"], node);
        foreach (var origin in origins) Attach(origin, Plain(node.Action.Inputs["schema"]), 0);
        return origins;
    }

    // What a Select or a Compose has put together is given to the parts.
    private void Attach(DataOrigin origin, FlowValue schema, int depth)
    {
        if (schema.AsObjectOrNull is not { Count: > 0 } || depth > 8) return;
        if (origin.Shape is { } shape)
        {
            if (shape.Schema.IsNull) shape.Schema = schema;
        }
        else if (origin.Outputs is null && origin.Template.AsObjectOrNull is { } members)
        {
            foreach (var (name, value) in members)
            {
                foreach (var part in Resolve(value, origin.At)) Attach(part, schema["properties"][Plain(name)], depth + 1);
            }
        }
        else if (origin.Outputs is null && origin.Template.IsArray)
        {
            foreach (var item in Items(origin)) Attach(item, schema["items"], depth + 1);
        }
    }

    // A schema is a template as all inputs are: the name "@@odata.type" in it means "@odata.type".
    private static FlowValue Plain(FlowValue schema)
    {
        if (schema.AsArrayOrNull is { } items) return FlowValue.Array([.. items.Select(Plain)]);
        if (schema.AsObjectOrNull is not { } members) return schema.AsStringOrNull is { } text ? FlowValue.String(Plain(text)) : schema;
        var built = new FlowObjectBuilder(members.Count);
        foreach (var (name, value) in members) built.Set(Plain(name), Plain(value));
        return built.ToValue();
    }

    private static string Plain(string text) => text.StartsWith("@@", StringComparison.Ordinal) ? text[1..] : text;

    // Data operations, variables and containers make their outputs themselves.
    private DataShape? CallOf(ActionNode node)
    {
        if (node.Action.Type is "Join" or "Table" or "Compose" or "Foreach" or "Scope" or "If" or "Switch" or "Until" or "Expression" or "Response" or "Terminate" or "Wait"
            || node.Action.Type.EndsWith("Variable", StringComparison.Ordinal)) return null;
        if (!_calls.TryGetValue(node.Action.Name, out var shape)) _calls.Add(node.Action.Name, shape = new DataShape());
        return shape;
    }

    // Once each; what refers to itself on the way comes from nowhere.
    private IReadOnlyList<DataOrigin> Followed(string key, Func<IReadOnlyList<DataOrigin>> follow)
    {
        if (_followed.TryGetValue(key, out var known)) return known;
        _followed[key] = [];
        return _followed[key] = follow();
    }
}
