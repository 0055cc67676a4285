namespace FlowEngine.Definitions;

/// <summary>An action with what stands around it.</summary>
internal sealed class ActionNode(ActionDefinition action, ActionNode? parent, BranchDefinition branch, int level, int place)
{
    private readonly MemberNames _members = MemberName.In(action.Raw);
    private readonly MemberNames _inputs = MemberName.In(action.Inputs);

    /// <summary>The action.</summary>
    public ActionDefinition Action => action;

    /// <summary>The container directly around it; null at the top level.</summary>
    public ActionNode? Parent => parent;

    /// <summary>The <c>actions</c> map in which it stands.</summary>
    public BranchDefinition Branch => branch;

    /// <summary>Its place among all actions in document order, from 0.</summary>
    public int Place => place;

    /// <summary>How many containers are around it.</summary>
    public int Level => level;

    /// <summary>Its siblings that it runs after.</summary>
    public IReadOnlyList<ActionNode> Predecessors { get; internal set; } = [];

    /// <summary>The containers around it, innermost first.</summary>
    public IEnumerable<ActionNode> Containers()
    {
        for (var node = parent; node is not null; node = node.Parent) yield return node;
    }

    /// <summary>Whether it may have a member: the rules about what few actions have need not look into the others.</summary>
    public bool Has(MemberNames member) => (_members & member) != 0;

    /// <summary>Whether its inputs, or those of one of a webhook's calls, may have a member.</summary>
    public bool InputsHave(MemberNames member) => (_inputs & (member | MemberNames.Webhook)) != 0;
}
