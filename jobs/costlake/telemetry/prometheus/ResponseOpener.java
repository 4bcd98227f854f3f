package costlake.telemetry.prometheus;

import costlake.compress.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Opens pinned response files, local or of a file system that Hadoop knows. */
public final class ResponseOpener {
  private ResponseOpener() {}

  /** Opens a file, and decompresses it if its name says so. */
  public static InputStream open(String path) throws IOException {
    InputStream bytes;
    if (path.contains("://")) {
      org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(path);
      bytes = remote.getFileSystem(SparkHadoopUtil.get().conf()).open(remote);
    } else {
      bytes = Files.newInputStream(Path.of(path));
    }
    return Compression.content(path, bytes);
  }
}
