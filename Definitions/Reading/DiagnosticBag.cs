using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Where a fault is, before lines and columns are known.</summary>
/// <param name="Pointer">JSON Pointer into the file.</param>
/// <param name="InName">Whether the name at the end of the pointer is meant rather than its value.</param>
/// <param name="Piece">A piece of the string there.</param>
/// <param name="Absolute">The place in the whole text, where the pointer can't tell it.</param>
internal readonly record struct FaultPlace(string Pointer, bool InName = false, TextSpan? Piece = null, TextSpan? Absolute = null)
{
    public static implicit operator FaultPlace(string pointer) => new(pointer);

    /// <summary>The name at the end of the pointer.</summary>
    public static FaultPlace Name(string pointer) => new(pointer, InName: true);
}

/// <summary>Collects the faults of one file; gives them in file order, one for each fault.</summary>
internal sealed class DiagnosticBag(bool strict)
{
    /// <summary>In a message: the line and column of its place, in the service's words.</summary>
    public const string LineAndColumn = "line '\uE000' and column '\uE001'";

    private readonly List<Fault> _faults = [];
    private readonly HashSet<string> _excused = new(StringComparer.Ordinal);

    private sealed record Fault(string Code, DiagnosticSeverity Severity, string Message, FaultPlace Place, string? ServiceCode, string? Action, string? Suggestion);

    /// <summary>Whether what works here only is an error.</summary>
    public bool Strict { get; } = strict;

    /// <summary>Whether an error was added.</summary>
    public bool HasErrors => _faults.Exists(fault => fault.Severity == DiagnosticSeverity.Error && !IsExcused(fault));

    /// <summary>Takes back what is said of a value other than that it could not be resolved: what it will be is not known.</summary>
    public void Excuse(string pointer) => _excused.Add(pointer);

    /// <summary>Adds what the service refuses.</summary>
    public void Error(string code, string message, FaultPlace place, string? serviceCode = null, string? action = null, string? suggestion = null) =>
        _faults.Add(new Fault(code, DiagnosticSeverity.Error, message, place, serviceCode, action, suggestion));

    /// <summary>Adds what the service accepts and what will or may fail.</summary>
    public void Warning(string code, string message, FaultPlace place, string? serviceCode = null, string? action = null, string? suggestion = null) =>
        _faults.Add(new Fault(code, DiagnosticSeverity.Warning, message, place, serviceCode, action, suggestion));

    /// <summary>Adds what is worth knowing.</summary>
    public void Information(string code, string message, FaultPlace place, string? serviceCode = null, string? action = null, string? suggestion = null) =>
        _faults.Add(new Fault(code, DiagnosticSeverity.Information, message, place, serviceCode, action, suggestion));

    /// <summary>Adds a warning that is an error with <see cref="Strict"/>.</summary>
    public void WarningUnlessStrict(string code, string message, FaultPlace place, string? serviceCode = null, string? action = null, string? suggestion = null) =>
        _faults.Add(new Fault(code, Strict ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, message, place, serviceCode, action, suggestion));

    /// <summary>Adds what works here only: worth knowing, an error with <see cref="Strict"/>.</summary>
    public void InformationUnlessStrict(string code, string message, FaultPlace place, string? serviceCode = null, string? action = null, string? suggestion = null) =>
        _faults.Add(new Fault(code, Strict ? DiagnosticSeverity.Error : DiagnosticSeverity.Information, message, place, serviceCode, action, suggestion));

    /// <summary>The diagnostics in file order. Places are looked up here, so a file without faults needs no map.</summary>
    public IReadOnlyList<Diagnostic> ToDiagnostics(Func<SourceMap> map)
    {
        if (_faults.Count == 0) return [];
        var sources = map();
        return _faults
            .Where(fault => !IsExcused(fault))
            .Select(fault => ToDiagnostic(fault, Locate(sources, fault.Place)))
            .DistinctBy(diagnostic => (diagnostic.Code, diagnostic.Message, diagnostic.Location.Line, diagnostic.Location.Column))
            .OrderBy(diagnostic => diagnostic.Location.Line)
            .ThenBy(diagnostic => diagnostic.Location.Column)
            .ToList();
    }

    private bool IsExcused(Fault fault) => fault.Code != DiagnosticCodes.TemplateUnresolved && _excused.Contains(fault.Place.Pointer);

    private static Diagnostic ToDiagnostic(Fault fault, SourceLocation location)
    {
        var message = fault.Message.Contains(LineAndColumn, StringComparison.Ordinal)
            ? fault.Message.Replace(LineAndColumn, string.Create(CultureInfo.InvariantCulture, $"line '{location.Line}' and column '{location.Column}'"), StringComparison.Ordinal)
            : fault.Message;
        return new Diagnostic(fault.Code, fault.Severity, message, location) { ServiceCode = fault.ServiceCode, Action = fault.Action, Suggestion = fault.Suggestion };
    }

    private static SourceLocation Locate(SourceMap sources, FaultPlace place) => place switch
    {
        { Absolute: { } span } => sources.Place(span, place.Pointer),
        { InName: true, Piece: { } piece } => sources.LocateName(place.Pointer, piece),
        { Piece: { } piece } => sources.Locate(place.Pointer, piece),
        { InName: true } => sources.LocateName(place.Pointer),
        _ => sources.Locate(place.Pointer),
    };
}
