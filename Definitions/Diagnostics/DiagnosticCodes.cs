namespace FlowEngine.Definitions;

/// <summary>Our stable diagnostic codes. A code is never reused.</summary>
public static class DiagnosticCodes
{
    // 1: reading the file.

    /// <summary>The file can't be read as JSON.</summary>
    public const string NotJson = "FE1001";

    /// <summary>The file can't be opened or read.</summary>
    public const string Unreadable = "FE1002";

    /// <summary>The file is binary.</summary>
    public const string Binary = "FE1003";

    /// <summary>The file is an archive.</summary>
    public const string Archive = "FE1004";

    /// <summary>The file is empty.</summary>
    public const string Empty = "FE1005";

    /// <summary>The file is too large to be a definition.</summary>
    public const string TooLarge = "FE1006";

    /// <summary>The file's bytes are not text in its encoding.</summary>
    public const string Encoding = "FE1007";

    /// <summary>The JSON is nested too deep.</summary>
    public const string TooDeep = "FE1008";

    /// <summary>The JSON is no workflow definition.</summary>
    public const string UnknownKind = "FE1009";

    /// <summary>A comment in JSON.</summary>
    public const string Comment = "FE1010";

    /// <summary>A comma before a closing bracket.</summary>
    public const string TrailingComma = "FE1011";

    /// <summary>An object has a name twice.</summary>
    public const string DuplicateKey = "FE1012";

    /// <summary>Two names of an object differ by case only.</summary>
    public const string KeysDifferByCase = "FE1013";

    /// <summary>Text that only a lenient reader takes for JSON.</summary>
    public const string LenientJson = "FE1014";

    /// <summary>The file is a template whose placeholders must be filled first.</summary>
    public const string FormatTemplate = "FE1015";

    /// <summary>A raw line break inside a string.</summary>
    public const string LineBreakInString = "FE1016";

    // 2: structure.

    /// <summary>A part of the definition is of the wrong JSON type.</summary>
    public const string WrongShape = "FE2001";

    // 7: mocks.

    /// <summary>A mock has a member that mocks don't have.</summary>
    public const string MockMember = "FE7001";

    /// <summary>A member of a mock has a value that makes no sense there.</summary>
    public const string MockValue = "FE7002";

    /// <summary>The file that a mock's <c>bodyFile</c> names can't be read.</summary>
    public const string MockBodyFile = "FE7003";
}
