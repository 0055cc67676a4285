using System.Buffers;
using System.Globalization;
using System.Text;

namespace FlowEngine.Actions;

/// <summary>The place that a validation stands at, printed as Newtonsoft prints paths: <c>rows[1].name</c>, <c>['a b'][0]</c>.</summary>
internal sealed class SchemaPath
{
    private static readonly SearchValues<char> Special = SearchValues.Create(" ./\"'[]()\t\n\r\f\b\\\u0085\u2028\u2029");

    private readonly List<(string? Name, int Index)> _segments = [];

    public void Push(string name) => _segments.Add((name, 0));

    public void Push(int index) => _segments.Add((null, index));

    public void Pop() => _segments.RemoveAt(_segments.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in _segments)
        {
            if (name is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else if (name.AsSpan().IndexOfAny(Special) >= 0)
            {
                text.Append("['").Append(name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
            }
            else
            {
                if (text.Length > 0) text.Append('.');
                text.Append(name);
            }
        }

        return text.ToString();
    }
}
