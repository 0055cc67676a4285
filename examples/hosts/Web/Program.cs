using FlowEngine;
using FlowEngine.Actions;
using FlowEngine.Expressions;
using WebHost;

var builder = WebApplication.CreateBuilder(args);
var flows = builder.Configuration["Flows:Folder"] ?? Path.Combine(AppContext.BaseDirectory, "flows");

builder.Services.AddHttpClient("flows");
builder.Services.AddFlowEngine((services, engine) => engine
    .UseHttpClient(() => services.GetRequiredService<IHttpClientFactory>().CreateClient("flows"))
    .UseCallbackAddress(new Uri(builder.Configuration["Flows:Address"] ?? "http://localhost:5000/callbacks/"))
    // A function and an action of this host, for its flows beside those of the language.
    .AddFunction(new FunctionSpec("grossOf", (net, rate) => FlowValue.Decimal(net.AsDecimal * (100 + rate.AsDecimal) / 100))
    {
        Summary = "The price with tax.",
        Parameters = ["net: Number", "rate: Number, in percent"],
        Examples = ["grossOf(100, 19) -> 119"],
    })
    .AddAction<PriceQuery, Price>("LookUpPrice", (query, _, _) => new(Prices.Of(query)), new HostActionOptions { Summary = "The price of an article.", IsPure = true }));
builder.Services.AddSingleton(services => services.GetRequiredService<WorkflowEngine>().OpenCatalog(flows));
builder.Services.AddHostedService<ScheduledFlows>();
builder.Services.AddProblemDetails();
builder.Services.AddHealthChecks().AddCheck<FlowHealth>("flows");

var app = builder.Build();
// What no flow answers (no such address, a defect of this host) has a body too.
app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = failure => failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError });
app.UseStatusCodePages();
app.MapHealthChecks("/health");
app.MapPost("/callbacks/{**id}", Callbacks.ReceiveAsync);
app.Map("/{flow}/{**path}", FlowEndpoint.HandleAsync);
await app.RunAsync();

internal sealed record PriceQuery(string Article, int Pieces);

internal sealed record Price(decimal Net);

internal static class Prices
{
    public static Price Of(PriceQuery query) =>
        query.Article.StartsWith("A-", StringComparison.Ordinal) ? new Price(query.Pieces * 9.5m) : throw new ActionFailedException("UnknownArticle", $"There is no article '{query.Article}'.");
}
