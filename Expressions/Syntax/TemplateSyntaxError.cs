namespace FlowEngine.Expressions;

/// <summary>Why a template text can't be parsed; the service refuses a definition that holds it.</summary>
/// <param name="Message">The service's words.</param>
/// <param name="Span">The piece of the template text that is wrong; empty at its end where something is missing.</param>
/// <param name="Detail">Our second line: what would do. Null where there is nothing to add.</param>
internal sealed record TemplateSyntaxError(string Message, TextSpan Span, string? Detail = null);

/// <summary>Carries a <see cref="TemplateSyntaxError"/> out of the parser; <see cref="TemplateText"/> catches it.</summary>
internal sealed class TemplateSyntaxException(TemplateSyntaxError error) : Exception(error.Message)
{
    public TemplateSyntaxError Error { get; } = error;
}
