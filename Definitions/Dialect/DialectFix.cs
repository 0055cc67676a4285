using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Writes the tutorial's forms of a file as the standard ones that they stand for; nothing else in the text changes.</summary>
/// <remarks>
/// Kept are order, spacing, newlines, comments, numbers and escapes of all that stays. What has no standard form stays as it is: a call of a
/// function that the service has not, a status given by <c>staticResult</c>, <c>continueOnError</c> of an action that nothing runs after.
/// </remarks>
internal static class DialectFix
{
    /// <summary>The text of a file in standard form: the same text where there is nothing to rewrite.</summary>
    /// <param name="documents">The workflows of the file, read leniently.</param>
    /// <exception cref="DialectFixException">The file is of a kind that can't be rewritten, or can't be read.</exception>
    public static string Standard(IReadOnlyList<WorkflowDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentOutOfRangeException.ThrowIfZero(documents.Count);
        var text = documents[0].Text;
        foreach (var (span, standard) in documents.Select(Edit).OfType<(TextSpan Span, string Text)>().OrderByDescending(edit => edit.Span.Start))
        {
            text = string.Concat(text.AsSpan(0, span.Start), standard, text.AsSpan(span.End));
        }

        return text;
    }

    /// <summary>The text of a file without expressions that lean on a lenient rule of the dialect (V3 to V5): each is written so that it gives the same in a standard file.</summary>
    /// <remarks>For a file that was one of the dialect and, its forms rewritten, is none any more: its run would change otherwise.</remarks>
    /// <param name="documents">The workflows of the file in standard form.</param>
    public static string WithoutLenientUses(IReadOnlyList<WorkflowDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentOutOfRangeException.ThrowIfZero(documents.Count);
        var text = documents[0].Text;
        var edits = documents.SelectMany(document => LenientUses.In(document).SelectMany(use => use.Edits.Select(edit => (Place: document.Sources.PieceAt(use.Template.Pointer, edit.Span, use.Template.InName), edit.Text))));
        foreach (var (place, standard) in edits.OrderByDescending(edit => edit.Place?.Start).ThenByDescending(edit => edit.Place?.Length))
        {
            // Without a place the string is computed, or written in single quotes.
            if (place is not { } span) continue;
            text = string.Concat(text.AsSpan(0, span.Start), FlowValue.String(standard).ToJson().AsSpan()[1..^1], text.AsSpan(span.End));
        }

        return text;
    }

    /// <summary>What a document leans on that the service has not and that has no other form: for who has rewritten it.</summary>
    public static IReadOnlyList<Diagnostic> LenientUsesOf(WorkflowDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var faults = new DiagnosticBag(strict: false);
        LenientUses.Find(document, faults);
        return faults.ToDiagnostics(() => document.Sources);
    }

    private static (TextSpan Span, string Text)? Edit(WorkflowDocument document)
    {
        if (document.Package is not null) throw new DialectFixException("it is part of an archive or a package");
        if (document.Definition is null) throw new DialectFixException("it holds no definition that can be read");
        if (document.Rewriting is not { Written: var written } rewriting) throw new DialectFixException("the definition is text inside another document");
        if (document.Diagnostics.Any(diagnostic => diagnostic.Code == DiagnosticCodes.LineBreakInString)) throw new DialectFixException("it has a line break inside a string");
        if (rewriting.Draft is not { } draft) return null;
        if (written.Template is not null) throw new DialectFixException("it is an ARM template, whose own expressions stand in the way");
        if (written.Rebase is not null) throw new DialectFixException("it is a fragment; a whole definition was expected");
        ContinuedErrors.Rewrite(draft);
        return new DraftText(document.Text, document.Root, document.Sources).Edit(Outermost(document, rewriting, draft));
    }

    // References of credential groups go beside the definition.
    private static DraftObject Outermost(WorkflowDocument document, DialectRewriting rewriting, DraftObject draft)
    {
        const string references = "connectionReferences";
        var before = rewriting.Written.ConnectionReferences;
        if (rewriting.ConnectionReferences == before) return draft;
        var pointer = rewriting.Written.Pointer;
        if (pointer.Length == 0)
            throw new DialectFixException($"its '{references}' stand beside the definition, and a bare definition has no such place: put it into {{\"definition\": …}} first");
        var outer = new DraftObject(At(document.Root, pointer[..pointer.LastIndexOf('/')]).AsObject, pointer[..pointer.LastIndexOf('/')]); // the definition is a member of it
        outer.Attach(JsonPointer.Last(pointer), draft);
        if (outer.Open(references) is not { } all)
        {
            outer.Set(references, rewriting.ConnectionReferences);
            return outer;
        }

        foreach (var (name, value) in rewriting.ConnectionReferences.AsObject)
        {
            if (all.Find(name) is null) all.Set(name, value);
        }

        return outer;
    }

    private static FlowValue At(FlowValue root, string pointer)
    {
        foreach (var name in JsonPointer.Segments(pointer)) root = root.AsArrayOrNull is { } array ? array[int.Parse(name, CultureInfo.InvariantCulture)] : root[name];
        return root;
    }
}

/// <summary>A file can't be rewritten; the message continues "'FILE' can't be fixed: ".</summary>
internal sealed class DialectFixException(string message) : Exception(message);
