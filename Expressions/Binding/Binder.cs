namespace FlowEngine.Expressions;

/// <summary>Turns templates into expressions: finds functions, asks the scope what names mean, folds constants.</summary>
/// <remarks>
/// Binding never throws. What is wrong (unknown function, wrong argument count, text that doesn't parse) becomes a <see cref="Failure"/>
/// with the service's words, raised when it is reached. As safe for several threads as its scope is.
/// </remarks>
internal sealed class Binder
{
    /// <summary>A binder for one document.</summary>
    /// <param name="functions">The functions there are.</param>
    /// <param name="dialect">Whether extensions may be used.</param>
    /// <param name="texts">Texts parsed before, in the same dialect; null for a cache of its own.</param>
    /// <param name="trace">Told the value of every sub-expression; constants are not folded then.</param>
    /// <param name="probe">Told which arguments are evaluated of functions that evaluate only what they need.</param>
    public Binder(
        FunctionTable functions,
        ExpressionDialect dialect = ExpressionDialect.Extended,
        TemplateTextCache? texts = null,
        IEvaluationTrace? trace = null,
        IBranchProbe? probe = null)
    {
        ArgumentNullException.ThrowIfNull(functions);
        Functions = functions;
        Dialect = dialect;
        Texts = texts ?? new TemplateTextCache(dialect);
        if ((Texts.Dialect == ExpressionDialect.Strict) != (dialect == ExpressionDialect.Strict)) throw new ArgumentException("The texts were parsed in another dialect.", nameof(texts));
        Trace = trace;
        Probe = probe;
    }

    /// <summary>The dialect of all that is bound.</summary>
    public ExpressionDialect Dialect { get; }

    /// <summary>The texts parsed so far.</summary>
    public TemplateTextCache Texts { get; }

    internal FunctionTable Functions { get; }

    internal IEvaluationTrace? Trace { get; }

    internal IBranchProbe? Probe { get; }

    /// <summary>Binds a JSON template: its strings and the names of its members are template texts, all else is data.</summary>
    /// <param name="template">The template. Parts without expressions are shared by all values, not copied.</param>
    /// <param name="path">JSON Pointer of the template in its file.</param>
    /// <param name="scope">What names mean.</param>
    /// <param name="itemIsLocal">Whether <c>item()</c> is local 0 (Select, Query, Table).</param>
    public Expression BindTemplate(FlowValue template, string path, IBindingScope scope, bool itemIsLocal = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        return BindTemplate(template, new TemplatePlace(path), scope, itemIsLocal);
    }

    /// <inheritdoc cref="BindTemplate(FlowValue, string, IBindingScope, bool)"/>
    internal Expression BindTemplate(FlowValue template, TemplatePlace at, IBindingScope scope, bool itemIsLocal = false)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Metered.Root(new JsonTemplateBinder(this, scope, Start(itemIsLocal)).BindRoot(template, at));
    }

    /// <summary>Binds one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">JSON Pointer of the text in its file.</param>
    /// <param name="scope">What names mean.</param>
    /// <param name="itemIsLocal">Whether <c>item()</c> is local 0 (Select, Query, Table).</param>
    public Expression BindText(TemplateText text, string path, IBindingScope scope, bool itemIsLocal = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(scope);
        return Metered.Root(BindText(text, new TemplatePlace(path), scope, Start(itemIsLocal)));
    }

    /// <summary>Binds the condition of an If or Until: a text, or objects of function names and arguments. Nothing there is <c>true</c>.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="path">JSON Pointer of the condition in its file.</param>
    /// <param name="scope">What names mean.</param>
    /// <param name="asks">Whether what it reads may be missing, where <see cref="ExpressionDialect.Tutorial"/> holds.</param>
    public Expression BindCondition(FlowValue condition, string path, IBindingScope scope, bool asks = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        return BindCondition(condition, new TemplatePlace(path), scope, asks);
    }

    /// <inheritdoc cref="BindCondition(FlowValue, string, IBindingScope, bool)"/>
    internal Expression BindCondition(FlowValue condition, TemplatePlace at, IBindingScope scope, bool asks = false)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Metered.Root(new ConditionBinder(this, scope).Bind(condition, at, asks && Dialect == ExpressionDialect.Tutorial ? Locals.None with { Asks = true } : Locals.None));
    }

    internal Expression BindText(TemplateText text, TemplatePlace at, IBindingScope scope, Locals locals)
    {
        if (text.Kind == TemplateKind.Literal) return new Literal(FlowValue.String(text.LiteralText));
        var source = new ExpressionSource(text.Text, at);
        if (text.Error is { } error) return new Failure(error.Message, error.Detail) { Source = source, Span = error.Span };
        var binder = new ExpressionBinder(this, source, scope);
        return text.Expression is { } expression ? binder.Bind(expression, locals) : binder.Interpolate(text.Parts, locals);
    }

    private static Locals Start(bool itemIsLocal) => itemIsLocal ? Locals.Element : Locals.None;
}
