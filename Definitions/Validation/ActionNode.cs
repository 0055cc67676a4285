namespace FlowEngine.Definitions;

/// <summary>An action with what stands around it.</summary>
internal sealed class ActionNode(ActionDefinition action, ActionNode? parent, BranchDefinition branch, int level, int place)
{
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

    /// <summary>Which of the members that few actions have it has: the rules about them need not look into the others.</summary>
    public RareMembers Members { get; } = RareMember.Of(action.Raw);

    /// <summary>What is known of its type; null where it was not looked up yet, or is not known.</summary>
    public ActionTypeInfo? Type { get; set; }

    /// <summary>Its siblings that it runs after.</summary>
    public IReadOnlyList<ActionNode> Predecessors { get; internal set; } = [];

    /// <summary>The containers around it, innermost first.</summary>
    public IEnumerable<ActionNode> Containers()
    {
        for (var node = parent; node is not null; node = node.Parent) yield return node;
    }

    /// <summary>Whether it has one of these members.</summary>
    public bool HasAny(RareMembers members) => (Members & members) != 0;
}
