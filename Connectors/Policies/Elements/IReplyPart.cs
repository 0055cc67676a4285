namespace FlowEngine.Connectors;

/// <summary>A policy that sets a part of an answer.</summary>
internal interface IReplyPart
{
    /// <summary>Evaluates with the context as it is, and sets the part on that answer.</summary>
    void Apply(PolicyContext context, ConnectorReply reply);
}
