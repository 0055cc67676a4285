using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>What a template is for: it decides what the template may read.</summary>
internal enum TemplateRole : byte
{
    /// <summary>A member of an action that is evaluated before it starts.</summary>
    Action,

    /// <summary>The <c>expression</c> of an If, Switch or Until.</summary>
    Condition,

    /// <summary>The <c>foreach</c> expression.</summary>
    Foreach,

    /// <summary>Evaluated after the action, with <c>action()</c>.</summary>
    TrackedProperties,

    /// <summary>Only its grammar matters.</summary>
    Description,

    /// <summary>A workflow output.</summary>
    Output,

    /// <summary>A member of a trigger.</summary>
    Trigger,
}

/// <summary>A template text of the definition and where it stands.</summary>
/// <param name="Node">The action that has it; null in outputs and triggers.</param>
/// <param name="Member">The member of the action under which it stands, such as <c>inputs</c>.</param>
/// <param name="Text">The text.</param>
/// <param name="Owner">Where what holds the text stands: below the action, or in the file where there is none.</param>
/// <param name="Name">The text's name or index in it.</param>
/// <param name="InName">Whether the text is the name at the end of the pointer.</param>
/// <param name="Role">What it is for.</param>
internal sealed record TemplateUse(ActionNode? Node, string Member, TemplateText Text, PointerSteps Owner, string Name, bool InName, TemplateRole Role)
{
    /// <summary>The kinds of its calls: a rule about one kind need not look at the calls of the others.</summary>
    public CallKinds Kinds { get; } = CallKind.In(Text.Calls());

    /// <summary>JSON Pointer of the text; made when asked for, as only faults need it.</summary>
    public string Pointer => JsonPointer.Append($"{Node?.Action.Path}{Owner}", Name);

    /// <summary>The place of a piece of the text.</summary>
    public FaultPlace At(TextSpan span) => new(Pointer, InName, span);
}
