namespace FlowEngine.Actions;

/// <summary>Follows the links from page to page until there are enough items; whole pages are kept, so there may be more (recorded).</summary>
/// <remarks>
/// The body of the outcome is <c>{"value": […]}</c> alone, also for one page (recorded); status and headers are those of the last page (assumed).
/// A page is an object with an array <c>value</c>, or an array; the next one is at its <c>@odata.nextLink</c> or <c>nextLink</c>, else at the
/// <c>Link</c> header's <c>rel="next"</c> (RFC 8288). Links are followed by GET, whatever the first page was asked for with.
/// </remarks>
internal static class HttpPages
{
    // Documented for Standard.
    private const int MaxPages = 1_000;

    /// <summary>Collects from the first page on.</summary>
    /// <exception cref="OperationCanceledException">The action's token was cancelled.</exception>
    public static async Task<ActionOutcome> CollectAsync(HttpConversation conversation, HttpCall call, HttpAnswer page, PaginationPolicy policy, CancellationToken cancellation)
    {
        var items = new List<FlowValue>();
        long bytes = 0;
        for (var pages = 1; ; pages++)
        {
            if (page.ToOutputs(out var jsonError) is not { } outputs) return HttpAction.Failed(HttpFailures.InvalidJson(jsonError!)); // Without outputs there is an error.
            var body = outputs["body"];
            if ((body.AsArrayOrNull ?? body["value"].AsArrayOrNull) is not { } found)
                return ActionOutcome.Failed("InvalidPageResponse", $"Page {pages} from '{call.Uri.GetLeftPart(UriPartial.Path)}' has no array of items: an array, or an object with an array 'value', was expected.", ActionCodes.BadRequest);
            bytes += page.Body.Length;
            var most = conversation.Scope.Outbound.Options.MaxContentBytes;
            if (bytes > most) return ActionOutcome.Failed("MaxContentSizeReached", $"The {pages} pages from '{call.Uri.GetLeftPart(UriPartial.Path)}' have {bytes} bytes together; {most} are allowed.", ActionCodes.BadRequest);
            items.AddRange(found);
            if (items.Count >= policy.MinimumItemCount || NextOf(body, page, page.Address ?? call.Uri) is not { } next) return OutcomeOf(page, items);
            if (pages == MaxPages) return ActionOutcome.Failed("MaxRequestCountReached", $"After {MaxPages} pages there are still more, and {items.Count} items of {policy.MinimumItemCount}.", ActionCodes.BadRequest);
            call = call.Page(next);
            var attempt = await conversation.SendAsync(call, cancellation);
            if (attempt.Answer is not { } answer) return HttpAction.Failed(attempt.Failure!); // Without an answer there is a failure.
            if (!answer.IsSuccess) return HttpAction.OutcomeOf(answer);
            page = answer;
        }
    }

    private static ActionOutcome OutcomeOf(HttpAnswer last, List<FlowValue> items)
    {
        var outputs = new FlowObjectBuilder(3)
            .Add("statusCode", last.StatusCode)
            .Add("headers", last.Headers)
            .Add("body", FlowValue.Object(("value", FlowArray.Create(items))));
        return ActionOutcome.Succeeded(outputs.ToValue(), HttpStatusNames.CodeOf(last.StatusCode));
    }

    private static Uri? NextOf(FlowValue body, HttpAnswer page, Uri current)
    {
        var link = body.IsObject ? body["@odata.nextLink"].AsStringOrNull ?? body["nextLink"].AsStringOrNull : null;
        if (string.IsNullOrEmpty(link)) link = LinkHeader.Target(page.Headers["Link"].AsStringOrNull, "next");
        return !string.IsNullOrEmpty(link) && Uri.TryCreate(current, link, out var next) && (next.Scheme == Uri.UriSchemeHttp || next.Scheme == Uri.UriSchemeHttps) ? next : null;
    }
}
