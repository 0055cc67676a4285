using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>A CSV or HTML table of the rows of <c>from</c>: every member of every row, or the <c>columns</c> given.</summary>
internal sealed class TableAction : IActionExecutor
{
    private readonly ItemTemplate[]? _values;

    private TableAction(ActionPlan plan)
    {
        var inputs = plan.Action.Inputs;
        if (inputs["columns"].AsArrayOrNull is not { } columns)
        {
            Inputs = plan.BindInputs();
            return;
        }

        _values = new ItemTemplate[columns.Count];
        var withoutValues = new FlowValue[columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            _values[i] = new ItemTemplate(plan, columns[i]["value"], $"inputs/columns/{i}/value", "table", "columns");
            withoutValues[i] = ItemTemplate.Without(columns[i], "value");
        }

        Inputs = plan.Bind(ItemTemplate.Without(inputs, "columns").AsObject.ToBuilder().Add("columns", FlowArray.Create(withoutValues)).ToValue(), "inputs");
    }

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Table") { InputMembers = ["from", "format", "columns"], RequiredInputs = ["from", "format"] },
        plan => new TableAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; }

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(Execute(scope, cancellation));

    private ActionOutcome Execute(RunScope scope, CancellationToken cancellation)
    {
        if (_values is not null) scope.RecordInputs(ItemTemplate.Shown(scope.Action.Inputs, scope.Inputs, "columns"));
        var source = scope.Inputs["from"];
        if (source.AsArrayOrNull is not { } from)
        {
            return ActionOutcome.Failed(
                ActionCodes.BadRequest,
                $"The 'from' property value in the 'table' action inputs is of type '{ValueText.TypeName(source)}'. The value must be of type 'Array'.");
        }

        var format = ValueText.Of(scope.Inputs["format"]);
        var html = format.Equals("HTML", StringComparison.OrdinalIgnoreCase);
        if (!html && !format.Equals("CSV", StringComparison.OrdinalIgnoreCase))
            return ActionOutcome.Failed(ActionCodes.BadRequest, $"The 'format' property value in the 'table' action inputs is '{format}'. The value must be 'CSV' or 'HTML'.");

        var headers = new List<string>();
        var rows = new List<string[]>(from.Count);
        if (scope.Inputs["columns"].IsArray)
        {
            // Cells are charged as they are read: an expression may give the same large value for each row.
            if (!TryReadColumns(scope, from, headers, rows, out var failure, cancellation)) return failure;
        }
        else
        {
            scope.Evaluation.ChargeText("Table", from.Size);
            if (TryReadMembers(scope, from, headers, rows)) return Succeeded(scope, html, headers, rows);

            return ActionOutcome.Failed(ActionCodes.BadRequest, "The property 'columns' must be specified unless the 'from' property value is an array of objects.");
        }

        return Succeeded(scope, html, headers, rows);
    }

    private static ActionOutcome Succeeded(RunScope scope, bool html, List<string> headers, List<string[]> rows)
    {
        // Escapes and tags make the text longer than its values: it is watched as it grows.
        var text = html ? TableText.Html(headers, rows, Check) : TableText.Csv(headers, rows, Check);
        return ActionOutcome.Succeeded(FlowValue.Object(("body", FlowValue.String(text))));

        void Check(int length) => scope.Evaluation.CheckText("Table", length);
    }

    // Automatic columns: every name of every row, in the order of first appearance.
    private static bool TryReadMembers(RunScope scope, FlowArray from, List<string> headers, List<string[]> rows)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in from)
        {
            if (item.AsObjectOrNull is not { } row) return false;
            foreach (var name in row.Names)
            {
                if (columns.TryAdd(name, headers.Count)) headers.Add(name);
            }
        }

        // Rows without a name in common have as many cells as rows times rows.
        scope.Evaluation.ChargeText("Table", (long)headers.Count * from.Count);
        foreach (var item in from)
        {
            var cells = NewRow(headers.Count);
            var row = item.AsObject;
            for (var i = 0; i < row.Count; i++) cells[columns[row.Names[i]]] = ValueText.Of(row.Values[i]);
            rows.Add(cells);
        }

        return true;
    }

    private bool TryReadColumns(
        RunScope scope, FlowArray from, List<string> headers, List<string[]> rows, out ActionOutcome failure, CancellationToken cancellation)
    {
        // Columns with equal headers share one column (documented); the last value stays (assumed).
        var written = scope.Inputs["columns"].AsArray;
        var places = new int[written.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var header = ValueText.Of(written[i]["header"]);
            places[i] = headers.IndexOf(header);
            if (places[i] >= 0) continue;
            places[i] = headers.Count;
            headers.Add(header);
        }

        var length = 0L;
        foreach (var item in from)
        {
            cancellation.ThrowIfCancellationRequested();
            var cells = NewRow(headers.Count);
            for (var i = 0; i < places.Length; i++)
            {
                // Columns that an expression made hold values, not templates.
                var value = written[i]["value"];
                if (_values is not null && !_values[i].TryEvaluate(scope, item, out value, out failure)) return false;
                scope.Evaluation.CheckText("Table", length += value.Size);
                cells[places[i]] = ValueText.Of(value);
            }

            rows.Add(cells);
        }

        scope.Evaluation.ChargeText("Table", length);
        failure = default;
        return true;
    }

    private static string[] NewRow(int count)
    {
        var cells = new string[count];
        Array.Fill(cells, string.Empty);
        return cells;
    }
}
