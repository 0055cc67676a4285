using Newtonsoft.Json;

namespace FlowEngine;

/// <summary>Gives Newtonsoft's reader a name that comes again as the same string.</summary>
internal sealed class JsonNames : JsonNameTable
{
    private RecentStrings? _names;

    /// <summary>The name in a reader's buffer as a string.</summary>
    public override string Get(char[] key, int start, int length) => (_names ??= new RecentStrings()).Get(key.AsSpan(start, length));
}
