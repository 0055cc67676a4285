using System.Buffers;
using System.Net;
using System.Text;

namespace FlowEngine.Actions;

/// <summary>Rows of cells as the CSV and HTML of the Table action. Texts are recorded: runtime reference, 3.4.</summary>
internal static class TableText
{
    // A field is quoted only where it would be misread otherwise: not for blanks, not for apostrophes.
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    /// <summary>CSV: CR LF after every line, the last included. Without headers there is nothing.</summary>
    /// <param name="headers">The first line.</param>
    /// <param name="rows">The others.</param>
    /// <param name="check">Called with the length after each row.</param>
    public static string Csv(IReadOnlyList<string> headers, IReadOnlyList<string[]> rows, Action<int> check)
    {
        var text = new StringBuilder();
        Line(text, headers);
        foreach (var row in rows)
        {
            Line(text, row);
            check(text.Length);
        }

        return text.ToString();
    }

    /// <summary>HTML without any white space; cells encoded as .NET does.</summary>
    /// <param name="headers">The head.</param>
    /// <param name="rows">The body.</param>
    /// <param name="check">Called with the length after each row.</param>
    public static string Html(IReadOnlyList<string> headers, IReadOnlyList<string[]> rows, Action<int> check)
    {
        var text = new StringBuilder("<table>");
        if (headers.Count > 0)
        {
            text.Append("<thead>");
            Row(text, "th", headers);
            text.Append("</thead>");
        }

        text.Append("<tbody>");
        foreach (var row in rows)
        {
            Row(text, "td", row);
            check(text.Length);
        }

        return text.Append("</tbody></table>").ToString();
    }

    private static void Line(StringBuilder text, IReadOnlyList<string> cells)
    {
        if (cells.Count == 0) return;
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) text.Append(',');
            var cell = cells[i];
            if (cell.AsSpan().IndexOfAny(Quoted) < 0) text.Append(cell);
            else text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        text.Append("\r\n");
    }

    private static void Row(StringBuilder text, string element, IReadOnlyList<string> cells)
    {
        text.Append("<tr>");
        foreach (var cell in cells) text.Append('<').Append(element).Append('>').Append(WebUtility.HtmlEncode(cell)).Append("</").Append(element).Append('>');
        text.Append("</tr>");
    }
}
