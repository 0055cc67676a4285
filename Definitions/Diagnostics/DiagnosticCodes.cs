namespace FlowEngine.Definitions;

/// <summary>Our stable diagnostic codes; <see cref="DiagnosticExplanations"/> says what each means. A code is never reused.</summary>
internal static class DiagnosticCodes
{
    // 1: reading the file.
    public const string NotJson = "FE1001";
    public const string Unreadable = "FE1002";
    public const string Binary = "FE1003";
    public const string Archive = "FE1004";
    public const string Empty = "FE1005";
    public const string TooLarge = "FE1006";
    public const string Encoding = "FE1007";
    public const string TooDeep = "FE1008";
    public const string UnknownKind = "FE1009";
    public const string Comment = "FE1010";
    public const string TrailingComma = "FE1011";
    public const string DuplicateKey = "FE1012";
    public const string KeysDifferByCase = "FE1013";
    public const string LenientJson = "FE1014";
    public const string FormatTemplate = "FE1015";
    public const string LineBreakInString = "FE1016";
    public const string TemplateUnresolved = "FE1017";
    public const string FlowChoice = "FE1018";

    // 105: packages.
    public const string ArchiveDamaged = "FE1050";
    public const string ArchiveEntryName = "FE1051";
    public const string ArchiveTooManyEntries = "FE1052";
    public const string ArchiveTooLarge = "FE1053";
    public const string ArchiveRatio = "FE1054";
    public const string ArchiveDuplicate = "FE1055";
    public const string ArchiveLink = "FE1056";
    public const string ArchiveEncrypted = "FE1057";
    public const string PackageWithoutFlow = "FE1058";
    public const string PackageXml = "FE1059";
    public const string Placeholder = "FE1060";
    public const string UnknownSchema = "FE1061";

    // 2: structure, names, runAfter, references.
    public const string WrongShape = "FE2001";
    public const string UnknownMember = "FE2002";
    public const string RunAfterNotSibling = "FE2003";
    public const string RunAfterUnknown = "FE2004";
    public const string RunAfterSelf = "FE2005";
    public const string RunAfterCycle = "FE2006";
    public const string RunAfterNoStatus = "FE2007";
    public const string RunAfterBadStatus = "FE2008";
    public const string RunAfterShape = "FE2009";
    public const string UnknownAction = "FE2010";
    public const string ReferenceOffPath = "FE2011";
    public const string ReferenceToSelf = "FE2012";
    public const string UnknownLoop = "FE2013";
    public const string NotInLoop = "FE2014";
    public const string RunAfterUnreachable = "FE2015";
    public const string NameDiffersByCase = "FE2016";
    public const string NameDiffersByBlanks = "FE2017";
    public const string DuplicateActionName = "FE2018";
    public const string InvalidName = "FE2019";
    public const string NameTooLong = "FE2020";
    public const string ColonInName = "FE2021";
    public const string MissingActions = "FE2022";
    public const string NoTrigger = "FE2023";
    public const string TooMany = "FE2024";
    public const string NestedTooDeep = "FE2025";
    public const string DescriptionTooLong = "FE2026";
    public const string TextTooLong = "FE2027";

    // 3: expressions.
    public const string MalformedExpression = "FE3001";
    public const string UnknownFunction = "FE3002";
    public const string WrongArgumentCount = "FE3003";
    public const string ExtensionFunction = "FE3004";
    public const string ExpressionTooLong = "FE3005";
    public const string ItemOutsideLoop = "FE3006";
    public const string UndeclaredParameter = "FE3007";
    public const string UndeclaredVariable = "FE3008";
    public const string VariableMayBeUninitialised = "FE3009";
    public const string VariableSelfReference = "FE3010";
    public const string ConstantFailure = "FE3011";
    public const string MisplacedFunction = "FE3012";
    public const string LiteralArgumentType = "FE3013";

    // 4: actions.
    public const string MissingType = "FE4001";
    public const string UnknownActionType = "FE4002";
    public const string UnknownProperty = "FE4003";
    public const string UnknownInput = "FE4004";
    public const string MissingProperty = "FE4005";
    public const string SwitchOnLiteral = "FE4006";
    public const string CaseValue = "FE4007";
    public const string ConditionShape = "FE4008";
    public const string ForeachOverLiteral = "FE4009";
    public const string UntilCount = "FE4010";
    public const string EndingInLoop = "FE4011";
    public const string TerminateStatus = "FE4012";
    public const string TerminateError = "FE4013";
    public const string ResponseWithRecurrence = "FE4014";
    public const string ResponseWithSplitOn = "FE4015";
    public const string ResponseStatusCode = "FE4016";
    public const string ResponseSchemasDiffer = "FE4017";
    public const string ConcurrencyOutOfRange = "FE4018";
    public const string ConcurrencyConflict = "FE4019";
    public const string RetryPolicyInvalid = "FE4020";
    public const string RetryPolicyLimit = "FE4021";
    public const string UnknownOption = "FE4022";
    public const string SchemaInvalid = "FE4023";
    public const string SchemaPattern = "FE4024";
    public const string TimeoutInvalid = "FE4025";
    public const string TimeoutTooLong = "FE4026";
    public const string VariableNotAtTopLevel = "FE4027";
    public const string VariableInitialisedTwice = "FE4028";
    public const string UnknownVariableType = "FE4029";
    public const string VariableValueType = "FE4030";
    public const string InputValue = "FE4050";
    public const string ActionKind = "FE4051";
    public const string SecureDataUnsupported = "FE4052";
    public const string TimeoutWithoutEffect = "FE4053";

    // 41: calls over HTTP.
    public const string AuthenticationUnknown = "FE4100";
    public const string AuthenticationIncomplete = "FE4101";
    public const string AuthenticationExtension = "FE4102";
    public const string StaticResultUnknown = "FE4103";
    public const string StaticResultInvalid = "FE4104";
    public const string StaticResultForm = "FE4105";

    // 5: triggers and parameters.
    public const string UnknownTriggerType = "FE5001";
    public const string RecurrenceInvalid = "FE5002";
    public const string ScheduleValue = "FE5003";
    public const string SplitOnInStateless = "FE5004";
    public const string StatelessLimit = "FE5005";
    public const string UnknownParameterType = "FE5006";
    public const string BatchCriteria = "FE5007";
    public const string SecondTrigger = "FE5008";
    public const string TriggerValue = "FE5009";

    // 6: the tutorial's dialect.
    public const string DialectOrder = "FE6001";
    public const string DialectType = "FE6002";
    public const string DialectUntyped = "FE6003";
    public const string DialectCondition = "FE6004";
    public const string DialectInputs = "FE6005";
    public const string DialectSetting = "FE6006";
    public const string DialectRetryPolicy = "FE6007";
    public const string DialectMember = "FE6009";
    public const string DialectCredentials = "FE6010";
    public const string DialectConflict = "FE6011";
    public const string DialectSelect = "FE6012";
    public const string DialectLenient = "FE6013";

    // 7: mocks.
    public const string MockMember = "FE7001";
    public const string MockValue = "FE7002";
    public const string MockBodyFile = "FE7003";
    public const string WireMockUnsupported = "FE7050";

    // 8: connectors and policies.
    public const string ConnectorDocument = "FE8000";
    public const string ConnectorYaml = "FE8001";
    public const string ConnectorReference = "FE8002";
    public const string ConnectorDuplicate = "FE8003";
    public const string ConnectorStandard = "FE8004";
    public const string ConnectorFolder = "FE8005";
    public const string ConnectionShape = "FE8010";
    public const string ConnectionMember = "FE8011";
    public const string ConnectionValue = "FE8012";
    public const string PolicyXml = "FE8100";
    public const string PolicyUnknown = "FE8101";
    public const string PolicyValue = "FE8102";
    public const string PolicyExpression = "FE8103";
    public const string PolicyUnkeyed = "FE8104";
    public const string PolicyWithoutEffect = "FE8105";
}
