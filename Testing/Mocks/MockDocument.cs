using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads the JSON files of this package (mocks, tests, cassettes), so that each tells of its faults in the same way.</summary>
internal static class MockDocument
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">What makes something of the JSON: the faults it finds, the folder of the file, the JSON.</param>
    /// <exception cref="MockFormatException">It can't be read or makes no sense; all faults are listed.</exception>
    public static T Load<T>(string file, Func<DiagnosticBag, string, FlowValue, T> read)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MockFormatException([new Diagnostic(DiagnosticCodes.Unreadable, DiagnosticSeverity.Error, e.Message, new SourceLocation(file, 1, 1, 1, string.Empty))]);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
        return Parse(text, file, (faults, root) => read(faults, folder, root));
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="MockFormatException">It makes no sense; all faults are listed.</exception>
    public static T Parse<T>(string text, string file, Func<DiagnosticBag, FlowValue, T> read)
    {
        FlowValue root;
        try
        {
            root = FlowJson.Parse(text);
        }
        catch (FlowJsonException e)
        {
            var map = new SourceMap(file, text);
            var fault = JsonFault.Of(text, e, map.Lines);
            throw new MockFormatException([new Diagnostic(DiagnosticCodes.NotJson, DiagnosticSeverity.Error, $"The file is not valid JSON: {fault.Message}", map.Place(fault.Span, fault.Pointer))]);
        }

        return Read(root, text, file, read);
    }

    /// <summary>Checks a value that stands in code.</summary>
    /// <exception cref="MockFormatException">It makes no sense; all faults are listed.</exception>
    public static void Check(FlowValue value, Action<DiagnosticBag, FlowValue> check)
    {
        var faults = new DiagnosticBag(strict: false);
        check(faults, value);
        if (!faults.HasErrors) return;
        // Only where something is wrong is the text worth writing: faults tell their place in it.
        var text = value.ToJson();
        throw new MockFormatException(faults.ToDiagnostics(() => new SourceMap("expectations of the test", text)));
    }

    private static T Read<T>(FlowValue root, string text, string file, Func<DiagnosticBag, FlowValue, T> read)
    {
        var faults = new DiagnosticBag(strict: false);
        var result = read(faults, root);
        return faults.HasErrors ? throw new MockFormatException(faults.ToDiagnostics(() => new SourceMap(file, text))) : result;
    }
}
