using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>How many executions a run may be billed for, at most: each action that runs counts one, in a loop one a repetition; connector operations have a price of their own.</summary>
internal static class BillableActions
{
    private static readonly string[] Connectors = ["ApiConnection", "ApiConnectionWebhook", "ApiConnectionNotification", "OpenApiConnection", "OpenApiConnectionWebhook", "OpenApiConnectionNotification"];

    public static void Write(WorkflowDefinition definition, TextWriter output)
    {
        var outside = new Share();
        var loops = new List<(string Name, Share Share)>();
        foreach (var trigger in definition.Triggers.Take(1)) outside.Add(trigger.Type);
        Count(definition.Root, outside, loops);
        output.WriteLine(TerminalText.Clean($"Billable a run, at most: {outside}{string.Concat(loops.Where(loop => loop.Share.Any).Select(loop => $"; each repetition of {loop.Name}: {loop.Share}"))}."));
    }

    private static void Count(BranchDefinition branch, Share share, List<(string Name, Share Share)> loops)
    {
        foreach (var action in branch.Actions)
        {
            share.Add(action.Type);
            var inside = share;
            if (action.Type is "Foreach" or "Until")
            {
                inside = new Share();
                loops.Add((action.Name, inside));
            }

            foreach (var nested in action.Branches) Count(nested, inside, loops);
        }
    }

    private sealed class Share
    {
        private int _builtIn;
        private int _connector;

        public bool Any => _builtIn + _connector > 0;

        public void Add(string type)
        {
            if (Connectors.Contains(type, StringComparer.OrdinalIgnoreCase)) _connector++;
            else _builtIn++;
        }

        public override string ToString() => _connector == 0 ? $"{_builtIn} built-in" : _builtIn == 0 ? $"{_connector} of connectors" : $"{_builtIn} built-in, {_connector} of connectors";
    }
}
