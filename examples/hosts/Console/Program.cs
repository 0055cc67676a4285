using FlowEngine;

// One engine for the whole process; any number of runs at once.
await using var engine = WorkflowEngine.Create(o => o.UseParameters(FlowValue.Parse("""{"vat":7}""")));

// Read and compiled once. A definition with errors throws, and lists all of them with line and column.
var invoice = Workflow.Load(Path.Combine(AppContext.BaseDirectory, "flows", "invoice.json"));
var order = FlowValue.Parse("""{ "customer": "Ann", "lines": [ { "pieces": 2, "price": 10 }, { "pieces": 1, "price": 5.5 } ] }""");

// A run that fails is a result too.
var run = await engine.RunAsync(invoice, order);
Console.WriteLine($"{run.Status}: {run.Action("Total").Outputs}");
if (run.FirstFailure is { } failure) Console.WriteLine($"{failure.Path}: {failure.Error!.Message}");

// Outputs as a type of one's own.
var outputs = run.Outputs.To<InvoiceTotal>()!;
Console.WriteLine($"{outputs.Customer} pays {outputs.Total}");

// What happens, as it happens.
await foreach (var happened in engine.WatchAsync(invoice, TriggerRequest.WithBody(order)))
{
    if (happened.Type == "action.completed") Console.WriteLine($"  {happened.Path} {happened.Status}");
}

internal sealed record InvoiceTotal(string Customer, decimal Total);
