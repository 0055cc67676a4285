namespace FlowEngine.Definitions;

/// <summary>Operations of connectors, and whole connectors, that others have replaced.</summary>
/// <remarks>
/// Documented: the references of the connectors mark them "[DEPRECATED]" and name what to use instead: learn.microsoft.com/connectors/office365, …/connectors/teams,
/// …/connectors/outlook, …/connectors/commondataservice and …/connectors/dynamicscrmonline. Flows with them go on running.
/// </remarks>
internal static class DeprecatedOperations
{
    private static readonly Dictionary<string, string> Connectors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["shared_commondataservice"] = "shared_commondataserviceforapps",
        ["shared_dynamicscrmonline"] = "shared_commondataserviceforapps",
    };

    // Connector, what it is replaced by, and the operations that it replaces.
    private static readonly (string Connector, string By, string Operations)[] Rows =
    [
        ("shared_office365", "SendEmailV2", "SendEmail"),
        ("shared_office365", "SharedMailboxSendEmailV2", "SharedMailboxSendEmail"),
        ("shared_office365", "GetEmailsV3", "GetEmails GetEmailsV2"),
        ("shared_office365", "GetEmailV2", "GetEmail"),
        ("shared_office365", "ReplyToV3", "ReplyTo ReplyToV2"),
        ("shared_office365", "ForwardEmail_V2", "ForwardEmail"),
        ("shared_office365", "DeleteEmail_V2", "DeleteEmail"),
        ("shared_office365", "MoveV2", "Move"),
        ("shared_office365", "MarkAsRead_V3", "MarkAsRead MarkAsRead_V2"),
        ("shared_office365", "GetAttachment_V2", "GetAttachment"),
        ("shared_office365", "Flag_V2", "Flag"),
        ("shared_office365", "ExportEmail_V2", "ExportEmail"),
        ("shared_office365", "FindMeetingTimes_V2", "FindMeetingTimes"),
        ("shared_office365", "GetMailTips_V2", "GetMailTips"),
        ("shared_office365", "SetAutomaticRepliesSetting_V2", "SetAutomaticRepliesSetting"),
        ("shared_office365", "GetRoomLists_V2", "GetRoomLists"),
        ("shared_office365", "GetRooms_V2", "GetRooms"),
        ("shared_office365", "GetRoomsInRoomList_V2", "GetRoomsInRoomList"),
        ("shared_office365", "RespondToEvent_V2", "RespondToEvent"),
        ("shared_office365", "GetEventsCalendarViewV3", "GetEventsCalendarView GetEventsCalendarViewV2"),
        ("shared_office365", "V4CalendarPostItem", "CalendarPostItem V2CalendarPostItem V3CalendarPostItem"),
        ("shared_office365", "V4CalendarPatchItem", "CalendarPatchItem V2CalendarPatchItem V3CalendarPatchItem"),
        ("shared_office365", "V4CalendarGetItems", "CalendarGetItems V2CalendarGetItems V3CalendarGetItems"),
        ("shared_office365", "V3CalendarGetItem", "CalendarGetItem V2CalendarGetItem"),
        ("shared_office365", "CalendarDeleteItem_V2", "CalendarDeleteItem"),
        ("shared_office365", "CalendarGetTables_V2", "CalendarGetTables"),
        ("shared_office365", "ContactGetTables_V2", "ContactGetTables"),
        ("shared_office365", "ContactGetItems_V2", "ContactGetItems"),
        ("shared_office365", "ContactGetItem_V2", "ContactGetItem"),
        ("shared_office365", "ContactPostItem_V2", "ContactPostItem"),
        ("shared_office365", "ContactPatchItem_V2", "ContactPatchItem"),
        ("shared_office365", "ContactDeleteItem_V2", "ContactDeleteItem"),
        ("shared_outlook", "SendEmailV2", "SendEmail"),
        ("shared_outlook", "ReplyToV3", "ReplyTo ReplyToV2"),
        ("shared_outlook", "V3CalendarPostItem", "CalendarPostItem V2CalendarPostItem"),
        ("shared_teams", "PostMessageToConversation", "PostMessageToChannel PostMessageToChannelV2 PostMessageToChannelV3 PostChannelNotification PostUserNotification"),
        ("shared_teams", "PostCardToConversation", "PostUserAdaptiveCard PostChannelAdaptiveCard"),
        ("shared_teams", "PostCardAndWaitForResponse", "SubscribeUserFlowContinuation SubscribeChannelFlowContinuation"),
    ];

    private static readonly Dictionary<(string Connector, string Operation), string> Operations = Rows
        .SelectMany(row => row.Operations.Split(' ').Select(operation => (Key: (row.Connector, operation.ToUpperInvariant()), row.By)))
        .ToDictionary(row => row.Key, row => row.By);

    /// <summary>Finds the operations of actions and triggers.</summary>
    public static void Check(LintContext context)
    {
        foreach (var trigger in context.Definition.Triggers) Check(context, trigger.Name, trigger.Inputs, trigger.Path, null);
        foreach (var action in context.Definition.AllActions()) Check(context, action.Name, action.Inputs, action.Path, action);
    }

    private static void Check(LintContext context, string name, FlowValue inputs, string path, ActionDefinition? action)
    {
        var host = inputs["host"];
        if (Connector(host, context) is not { } connector) return;
        if (Connectors.TryGetValue(connector, out var other))
            context.Report(LintRules.SupersededOperation, $"'{name}' uses the old connector '{connector}'; '{other}' has replaced it.", path, action);
        else if (host["operationId"].AsStringOrNull is { } operation && Operations.TryGetValue((connector.ToLowerInvariant(), operation.ToUpperInvariant()), out var by))
            context.Report(LintRules.SupersededOperation, $"'{name}' calls the operation '{operation}' of '{connector}', which is deprecated; '{by}' has replaced it.", path, action);
    }

    // Of the action itself, else of the connection that it names.
    private static string? Connector(FlowValue host, LintContext context)
    {
        var name = host["apiId"].AsStringOrNull ?? host["connection"]["name"].AsStringOrNull ?? host["api"]["id"].AsStringOrNull;
        if (name is null && host["connectionName"].AsStringOrNull is { } reference)
        {
            var connection = context.ConnectionReferences[reference];
            name = connection["api"]["name"].AsStringOrNull ?? connection["id"].AsStringOrNull;
        }

        return name?[(name.LastIndexOf('/') + 1)..];
    }
}
