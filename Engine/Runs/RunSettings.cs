using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>What a run is given by its engine and its options.</summary>
internal sealed record RunSettings(TimeProvider Time, Chance Chance, HttpMessageInvoker HttpHandler, IRunObserver? Observer, IActionInterceptor? Interceptor);
