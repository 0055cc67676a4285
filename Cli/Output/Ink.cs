using FlowEngine.Actions;

namespace FlowEngine.Cli;

/// <summary>Colours for the few words of the summary, or none where the output is no terminal.</summary>
internal sealed class Ink
{
    private readonly bool _isColoured;

    private Ink(bool isColoured) => _isColoured = isColoured;

    public static Ink Coloured { get; } = new(true);

    public static Ink Plain { get; } = new(false);

    /// <summary>Whether a terminal shows it: then errors need not have the form that editors and CI systems recognise.</summary>
    public bool IsColoured => _isColoured;

    public string Error(string text) => Paint("31;1", text);

    public string Dim(string text) => Paint("90", text);

    public string Heading(string text) => Paint("1", text);

    public string For(ActionStatus status, string text) => status switch
    {
        ActionStatus.Succeeded => Paint("32;1", text),
        ActionStatus.Cancelled => Paint("33;1", text),
        _ => Error(text),
    };

    private string Paint(string code, string text) => _isColoured ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
