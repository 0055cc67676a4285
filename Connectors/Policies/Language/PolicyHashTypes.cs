using System.Security.Cryptography;

namespace FlowEngine.Connectors;

/// <summary>Hashes and signatures.</summary>
internal static class PolicyHashTypes
{
#pragma warning disable CA5350, CA5351 // APIs that are called ask for what they ask for.
    public static IEnumerable<PolicyType> Table { get; } =
    [
        Keyed("HMACSHA256", 64, HMACSHA256.HashData),
        Keyed("HMACSHA384", 128, HMACSHA384.HashData),
        Keyed("HMACSHA512", 128, HMACSHA512.HashData),
        Keyed("HMACSHA1", 64, HMACSHA1.HashData),
        Plain("SHA256", SHA256.HashData),
        Plain("SHA384", SHA384.HashData),
        Plain("SHA512", SHA512.HashData),
        Plain("SHA1", SHA1.HashData),
        Plain("MD5", MD5.HashData),
    ];
#pragma warning restore CA5350, CA5351

    private static PolicyType Plain(string name, Func<byte[], byte[]> hash) => new(name)
    {
        Statics = { ["Create"] = _ => new PolicyHash(name, hash), ["HashData"] = call => hash(call.Bytes(0)) },
    };

    // Without a key .NET would have none either; here it is the connection's, or chance, which nobody can verify.
    private static PolicyType Keyed(string name, int size, Func<byte[], byte[], byte[]> hash) => new(name)
    {
        IsKeyedHash = true,
        Statics = { ["Create"] = call => With(name, call.Evaluator.Context.SigningBytes(size), hash), ["HashData"] = call => hash(call.Bytes(0), call.Bytes(1)) },
        Create = call => With(name, call.Count > 0 ? call.Bytes(0) : call.Evaluator.Context.SigningBytes(size), hash),
    };

    private static PolicyHash With(string name, byte[] key, Func<byte[], byte[], byte[]> hash) => new(name, data => hash(key, data)) { Key = key };
}

/// <summary>A hash algorithm with its key, if it has one.</summary>
internal sealed record PolicyHash(string Name, Func<byte[], byte[]> Compute)
{
    public byte[] Key { get; init; } = [];
}
