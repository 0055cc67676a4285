using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Connectors;

/// <summary>The policies around a connector's calls, and everything that is wrong with their document.</summary>
public sealed class PolicyDocument
{
    private static readonly PolicyShape Section = new() { HoldsPolicies = true, IsSingle = true };

    private static readonly Dictionary<string, PolicyShape> Sections = new(StringComparer.Ordinal) { ["inbound"] = Section, ["backend"] = Section, ["outbound"] = Section, ["on-error"] = Section };

    private readonly Dictionary<string, PolicySequence> _sections = new(StringComparer.Ordinal);

    private PolicyDocument(string file, string text)
    {
        File = file;
        Text = text;
    }

    /// <summary>The file as given.</summary>
    public string File { get; }

    /// <summary>Its text.</summary>
    internal string Text { get; }

    /// <summary>Everything found, in file order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; private set; } = [];

    /// <summary>Whether something keeps it from being used.</summary>
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Whether a file's name is that of a connector's policies.</summary>
    internal static bool IsDocument(string file) => file is not null && file.EndsWith(".policies.xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file. Every other fault is a diagnostic.</exception>
    public static PolicyDocument Load(string file)
    {
        const long maxBytes = 4 * 1024 * 1024;
        var read = FileText.Load(file, maxBytes);
        if (read.Fault is not { } fault) return Parse(read.Text, file);
        return new PolicyDocument(file, string.Empty) { Diagnostics = [new Diagnostic(fault.Code, DiagnosticSeverity.Error, fault.Message, new SourceLocation(file, 1, 1, 2, string.Empty))] };
    }

    /// <summary>Reads text.</summary>
    public static PolicyDocument Parse(string text, string file = "connector.policies.xml")
    {
        ArgumentNullException.ThrowIfNull(text);
        var document = new PolicyDocument(file, text);
        var faults = new PolicyFaults(file, text);
        try
        {
            document.Read(new PolicyXmlReader(text).Read(), faults);
        }
        catch (PolicyXmlException e)
        {
            faults.Add(DiagnosticCodes.PolicyXml, DiagnosticSeverity.Error, e.Message, e.Position);
        }

        document.Diagnostics = faults.Found;
        return document;
    }

    /// <summary>Carries a call out within its policies.</summary>
    /// <exception cref="ConnectorException">A policy failed, or nobody answered.</exception>
    internal async ValueTask<ConnectorReply> RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        try
        {
            await RunAsync("inbound", context, cancellation);
            await RunAsync("backend", context, cancellation);
            if (context.Reply is null) await ForwardRequestPolicy.SendAsync(context, cancellation);
            await RunAsync("outbound", context, cancellation);
        }
        catch (ReplyReturnedException)
        {
            // The answer is complete: nothing else runs.
        }
        catch (PolicyEndedException ended)
        {
            await FailAsync(context, ended, cancellation);
        }
        catch (ConnectorException e)
        {
            if (!_sections.ContainsKey("on-error")) throw;
            await FailAsync(context, new PolicyEndedException(new PolicyFailure("BackendConnectionFailure", e.Message, "forward-request"), null, e), cancellation);
        }

        foreach (var last in context.Finally) Finish(context, last);
        return context.Reply!; // Every way here leaves one.
    }

    private static void Finish(PolicyContext context, Action last)
    {
        try
        {
            last();
        }
        catch (PolicyEndedException e)
        {
            throw new ConnectorException(ActionCodes.BadRequest, $"The policies of connector '{context.Connector}' failed. {e.Failure.Message}");
        }
    }

    private async ValueTask FailAsync(PolicyContext context, PolicyEndedException ended, CancellationToken cancellation)
    {
        context.LastError = ended.Failure;
        context.Reply = ended.Reply;
        try
        {
            await RunAsync("on-error", context, cancellation);
        }
        catch (ReplyReturnedException)
        {
            return;
        }
        catch (PolicyEndedException again)
        {
            throw new ConnectorException(ActionCodes.BadRequest, $"The policies of connector '{context.Connector}' failed. {again.Failure.Message}");
        }

        if (context.Reply is not null) return;
        if (ended.InnerException is ConnectorException inner) throw inner;
        throw new ConnectorException(ActionCodes.BadRequest, $"The policies of connector '{context.Connector}' failed. {ended.Failure.Message}");
    }

    private ValueTask RunAsync(string section, PolicyContext context, CancellationToken cancellation) =>
        _sections.TryGetValue(section, out var policies) ? policies.RunAsync(context, cancellation) : default;

    private void Read(PolicyElement root, PolicyFaults faults)
    {
        if (root.Name != "policies")
        {
            faults.Error(DiagnosticCodes.PolicyUnknown, $"The root element is 'policies', not '{root.Name}'.", root);
            return;
        }

        var reader = new PolicyReader(faults);
        reader.Check(root, new PolicyShape { Children = Sections });
        foreach (var section in root.Children.Where(child => Sections.ContainsKey(child.Name))) _sections.TryAdd(section.Name, reader.Sequence(section));
    }
}

/// <summary>A policy gave the final answer.</summary>
internal sealed class ReplyReturnedException : Exception;
