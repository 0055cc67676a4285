using FlowEngine.Definitions;

namespace FlowEngine.Tests.Definitions;

/// <summary>A file that is no JSON: the place is that of the first thing that doesn't fit, and the message says what would.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class JsonFaultTests
{
    private const string Start = "{\n  \"triggers\": {},\n  \"actions\": {\n    \"A\": { \"type\": \"Compose\", \"inputs\": ";

    [TestCase("[1, 2\n", 4, 46, "/actions/A/inputs/1", "The text ends where ',' or ']' was expected after an element; not closed: the '[' of line 4, column 41, the '{' of line 4, column 10, the '{' of line 3, column 14, the '{' of line 1, column 1.")]
    [TestCase("\"abc\n", 4, 41, "/actions/A/inputs", "The text that starts here is not closed: its second quote is missing.")]
    [TestCase("\"abc,\n  \"runAfter\": {} } } }", 5, 4, "/actions/A/inputs", "',' or '}' was expected after the value of 'inputs'; the text that starts in line 4, column 41 goes on over the end of its line: is its closing quote missing?")]
    [TestCase("1 \"runAfter\": {} } } }", 4, 43, "/actions/A/inputs", "',' or '}' was expected after the value of 'inputs'.")]
    [TestCase("[1, 2} } } }", 4, 46, "/actions/A/inputs/1", "'}' doesn't close the '[' of line 4, column 41: ',' or ']' was expected after an element.")]
    [TestCase("1 } } } }", 4, 49, "", "The value is complete: the '{' of line 1, column 1 is closed by the '}' of line 4, column 47. Nothing may follow, but this does.")]
    [TestCase("@{utcNow()} } } }", 4, 41, "/actions/A/inputs", "A value of 'inputs' was expected; text, also an expression, stands in double quotes.")]
    [TestCase("[True] } } }", 4, 42, "/actions/A/inputs/0", "A value or ']' was expected; JSON writes 'true'.")]
    [TestCase("{ \"a\" 1 } } } }", 4, 47, "/actions/A/inputs/a", "':' was expected after the name 'a'.")]
    [TestCase("} } }", 4, 41, "/actions/A/inputs", "A value of 'inputs' was expected before this '}'.")]
    [TestCase("\"a\"b\" } } }", 4, 44, "/actions/A/inputs", "',' or '}' was expected after the value of 'inputs'; a quote within text is written '\\\"'.")]
    [TestCase("\"C:\\docs\" } } }", 4, 44, "/actions/A/inputs", "'\\d' is no escape of JSON; a backslash within text is written '\\\\'.")]
    [TestCase("\"\\u12G4\" } } }", 4, 42, "/actions/A/inputs", "'\\u12G4' is no escape of JSON; a backslash within text is written '\\\\'.")]
    [TestCase("1 /* why } } }", 4, 43, "/actions/A/inputs", "The comment that starts here is not closed: '*/' is missing.")]
    [TestCase("{ , } } } }", 4, 43, "/actions/A/inputs", "A name in double quotes or '}' was expected.")]
    [TestCase("{ \"a/b\": [0, { \"c\": } ] } } } }", 4, 61, "/actions/A/inputs/a~1b/1/c", "A value of 'c' was expected before this '}'.")]
    public void The_first_thing_that_does_not_fit_is_told_with_what_would(string rest, int line, int column, string pointer, string message)
    {
        var document = WorkflowDocument.Read(Start + rest, "flow.json", Documents.Options);

        var fault = document.Diagnostics.Single();
        Assert.That(
            (fault.Code, fault.Location.Line, fault.Location.Column, fault.Location.Path, fault.Message),
            Is.EqualTo((DiagnosticCodes.NotJson, line, column, pointer, "The file is not valid JSON: " + message)));
    }

    [Test]
    public void Only_four_of_many_open_brackets_are_listed()
    {
        var document = WorkflowDocument.Read("[[[[[[1", "flow.json", Documents.Options);

        Assert.That(document.Diagnostics.Single().Message, Does.EndWith("the '[' of line 1, column 3 and 2 more."));
    }

    [TestCase("{\"a\":01x}", "01x")]
    [TestCase("{\"a\":1e}", "1e")]
    public void What_only_the_reader_can_judge_is_told_in_its_words(string text, string part)
    {
        var document = WorkflowDocument.Read(text, "flow.json", Documents.Options);

        Assert.That(document.Diagnostics.Single().Message, Does.Contain(part));
    }
}
