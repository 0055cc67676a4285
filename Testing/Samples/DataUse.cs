namespace FlowEngine.Testing;

/// <summary>What an expression takes a value for, the stronger word last.</summary>
internal enum DataUse
{
    /// <summary>Nothing is known.</summary>
    Any,

    /// <summary>A text or a list: <c>length</c> takes both.</summary>
    Countable,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Text of some length, of which pieces are cut by position.</summary>
    LongText,

    /// <summary>An object, though no member of it is named.</summary>
    Object,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A time as text.</summary>
    Date,

    /// <summary>A time as text, to which the flow adds its zone.</summary>
    LocalDate,

    /// <summary>XML as text.</summary>
    Xml,

    /// <summary>The id of a time zone.</summary>
    TimeZone,

    /// <summary>An absolute address.</summary>
    Address,

    /// <summary>A list.</summary>
    List,
}

/// <summary>How a text holds another value.</summary>
internal enum Holding
{
    /// <summary>As JSON.</summary>
    Json,

    /// <summary>In base64.</summary>
    Base64,

    /// <summary>Percent-encoded.</summary>
    Uri,

    /// <summary>As a data URI.</summary>
    DataUri,
}
