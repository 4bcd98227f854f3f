package costlake.lake;

import costlake.core.AtomicFile;
import costlake.core.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * Writes files of Iceberg tables on a local disk. A commit to the catalog is on disk at once, so
 * the files that it names are forced to disk before the commit: metadata, manifest lists,
 * manifests, and the data files of tables {@code ops.*}, whose rows readers see after the commit.
 * Readers see data files of other tables only after their publication is in the journal; {@link
 * DiskSync} forces these files to disk before that.
 */
public final class DurableFileIO extends HadoopFileIO {
  private static final long serialVersionUID = 1L;
  private static final Pattern AT_ONCE = Pattern.compile("/metadata/[^/]+$|/ops/[^/]+/data/[^/]+$");

  /**
   * Keeps the settings that someone chose. Iceberg copies the settings for each file that it opens,
   * and almost all of them are defaults, which a local disk does not need.
   */
  @Override
  public void setConf(Configuration conf) {
    Configuration chosen = new Configuration(false);
    for (Map.Entry<String, String> setting : conf) {
      if (!isDefault(conf, setting.getKey())) {
        chosen.set(setting.getKey(), setting.getValue());
      }
    }
    super.setConf(chosen);
  }

  private static boolean isDefault(Configuration conf, String setting) {
    String[] sources = conf.getPropertySources(setting);
    return sources != null && sources[sources.length - 1].endsWith("-default.xml");
  }

  @Override
  public OutputFile newOutputFile(String location) {
    OutputFile file = super.newOutputFile(location);
    return AT_ONCE.matcher(location).find() ? new DurableFile(file) : file;
  }

  /** A file that is forced to disk when its stream is closed. */
  private record DurableFile(OutputFile file) implements OutputFile {
    @Override
    public PositionOutputStream create() {
      return durable(false);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return durable(true);
    }

    private PositionOutputStream durable(boolean overwrite) {
      Path path = DiskSync.path(location());
      try {
        AtomicFile.makeFolder(Folders.above(path));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new DurableStream(overwrite ? file.createOrOverwrite() : file.create(), path);
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public InputFile toInputFile() {
      return file.toInputFile();
    }
  }

  private static final class DurableStream extends PositionOutputStream {
    private final PositionOutputStream out;
    private final Path path;
    private boolean closed;

    DurableStream(PositionOutputStream out, Path path) {
      this.out = out;
      this.path = path;
    }

    @Override
    public long getPos() throws IOException {
      return out.getPos();
    }

    @Override
    public long storedLength() throws IOException {
      return out.storedLength();
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
      if (!closed) {
        closed = true;
        force();
      }
    }

    /** Forces the file, its checksum file and their folder to disk. */
    private void force() throws IOException {
      AtomicFile.force(path);
      Path checksum = path.resolveSibling("." + path.getFileName() + ".crc");
      if (Files.exists(checksum)) {
        AtomicFile.force(checksum);
      }
      AtomicFile.force(Folders.above(path));
    }
  }
}
