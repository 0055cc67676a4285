namespace FlowEngine.Actions;

/// <summary>A language that code actions can be written in.</summary>
internal interface IScriptLanguage
{
    /// <summary>Reads a script, the body of a function.</summary>
    /// <exception cref="ScriptException">It has a syntax error.</exception>
    IScript Prepare(string code);
}

/// <summary>A script that has been read: run it as often as you like, from any thread.</summary>
internal interface IScript
{
    /// <summary>The actions whose records it may read; null where that can't be told.</summary>
    IReadOnlyCollection<string>? Actions { get; }

    /// <summary>Runs it in an engine of its own.</summary>
    /// <param name="workflowContext">What it sees of the run, a copy.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it returned; null where it returned nothing.</returns>
    /// <exception cref="ScriptException">It failed or went past a limit.</exception>
    FlowValue Run(FlowValue workflowContext, CancellationToken cancellation);
}
