using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Actions;

/// <summary>A flow that shows one type of action or trigger, and what comes of it; a test runs each.</summary>
/// <remarks>
/// A JSON object: <c>about</c>, <c>flow</c> (a definition), <c>trigger</c>, <c>now</c>, <c>mocks</c>, <c>workflows</c> by name, <c>artifacts</c> by
/// path, and in <c>expect</c> the run's status and what its actions end with. They are the files of the folders <c>Actions</c> and <c>Triggers</c> beside.
/// </remarks>
internal sealed class TypeExample
{
    private TypeExample(string text)
    {
        Text = text;
        Content = FlowValue.Parse(text);
    }

    /// <summary>The file as it is written.</summary>
    public string Text { get; }

    /// <summary>The file without the line that says what it is about, for a reader who has been told.</summary>
    public string Shown => string.Join('\n', Text.Split('\n').Where(line => !line.StartsWith("  \"about\"", StringComparison.Ordinal)));

    /// <summary>What it says.</summary>
    public FlowValue Content { get; }

    /// <summary>What the type does, in a sentence or two.</summary>
    public string About => Content["about"].AsString;

    /// <summary>The example of an action type, by its canonical name.</summary>
    public static bool TryGetAction(string type, [NotNullWhen(true)] out TypeExample? example) => TryGet("action:" + type, out example);

    /// <summary>The example of a trigger type, by its canonical name.</summary>
    public static bool TryGetTrigger(string type, [NotNullWhen(true)] out TypeExample? example) => TryGet("trigger:" + type, out example);

    private static bool TryGet(string name, [NotNullWhen(true)] out TypeExample? example)
    {
        using var stream = typeof(TypeExample).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            example = null;
            return false;
        }

        using var reader = new StreamReader(stream);
        example = new TypeExample(reader.ReadToEnd());
        return true;
    }
}
