using System.Globalization;

namespace FlowEngine.Actions;

/// <summary><c>runtimeConfiguration.contentTransfer</c>: whether bodies go in chunks (runtime reference, 3.14).</summary>
/// <param name="IsChunked">Whether <c>transferMode</c> is <c>Chunked</c>.</param>
/// <param name="UploadChunkSize">In bytes (assumed); null leaves it to the server.</param>
/// <param name="DownloadChunkSize">In bytes (assumed); null leaves it to the server.</param>
internal sealed record ContentTransfer(bool IsChunked, int? UploadChunkSize, int? DownloadChunkSize)
{
    /// <summary>The limit of a message in chunks: 1 GB.</summary>
    public const long MaxBytes = 1L << 30;

    private const string InvalidCode = "InvalidContentTransferConfiguration";

    private static readonly ContentTransfer Whole = new(false, null, null);

    /// <summary>Reads an evaluated setting.</summary>
    /// <exception cref="InvalidSettingException">A size that is no number of bytes.</exception>
    public static ContentTransfer Read(FlowValue setting) =>
        string.Equals(setting["transferMode"].AsStringOrNull, "Chunked", StringComparison.OrdinalIgnoreCase)
            ? new ContentTransfer(true, Size(setting, "uploadChunkSize"), Size(setting, "downloadChunkSize"))
            : Whole;

    private static int? Size(FlowValue setting, string name)
    {
        var size = setting[name];
        if (size.IsNull) return null;
        var bytes = size.IsInteger ? size.AsInteger : long.TryParse(size.AsStringOrNull, NumberStyles.None, CultureInfo.InvariantCulture, out var text) ? text : 0;
        return bytes is >= 1 and <= MaxBytes ? (int)bytes : throw new InvalidSettingException(InvalidCode, $"The {name} {size.ToJson()} of contentTransfer is not a number of bytes from 1 to {MaxBytes}.");
    }
}
