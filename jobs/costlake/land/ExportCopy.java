package costlake.land;

import costlake.config.Config;
import costlake.core.DeliveredFile;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Folders;
import costlake.core.Parallel;
import costlake.core.Progress;
import costlake.land.prometheus.ResponseFiles;
import costlake.land.read.FileReading;
import costlake.land.read.FileSummary;
import costlake.land.read.Formats;
import costlake.land.read.RowKeyLimit;
import costlake.land.read.Storage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Copies the files of an export. In the same pass, computes digests of the files, and counts and
 * checks their rows.
 */
final class ExportCopy {
  private static final FileSummary NO_TABLE = FileSummary.withoutTable(-1);
  private static final int REJECTS_OF_FILE = 1_000;
  private static final int REJECTS_OF_DELIVERY = 10_000;

  private final Config config;
  private final Export export;
  private final Storage storage;
  private final Path folder;
  private final Progress progress;
  private final RowKeyLimit keyLimit = new RowKeyLimit(RepeatedRows.ROWS_MAX);

  ExportCopy(Config config, Export export, Storage storage, Path folder, Progress progress) {
    this.config = config;
    this.export = export;
    this.storage = storage;
    this.folder = folder;
    this.progress = progress;
  }

  /** Copies all files, several at a time. Returns them in the order of the export. */
  List<InspectedFile> all() {
    List<String> names = PinnedNames.of(export);
    List<Callable<InspectedFile>> copies = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Storage.Found found = export.files().get(i);
      String name = names.get(i);
      copies.add(() -> copy(found, name));
    }
    return Parallel.all("copy to " + folder, copies);
  }

  private InspectedFile copy(Storage.Found found, String name) {
    Path target = made(name);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
      FileDigest digest = new FileDigest(out);
      String before = state(found);
      FileSummary facts = read(found, digest);
      out.flush();
      refuseChanged(found, before, digest.bytes());
      if (facts.equals(NO_TABLE)) {
        facts = reading().stored(target, storage.address(found.key()));
      }
      progress.advance(found.bytes());
      return new InspectedFile(
          new DeliveredFile(name, digest.bytes(), digest.sha256(), facts.rows(), facts.rejected()),
          facts,
          target);
    } catch (FileDigest.CopyFailed e) {
      throw PinnedPaths.unwritable(target, e.cause());
    } catch (IOException e) {
      throw PinnedPaths.unwritable(target, e);
    }
  }

  /** Returns the path of a copy, and creates its folder if it is missing. */
  private Path made(String name) {
    Path target = folder.resolve(name);
    try {
      Files.createDirectories(Folders.above(target));
      return target;
    } catch (IOException e) {
      throw PinnedPaths.unwritable(target, e);
    }
  }

  private String state(Storage.Found found) {
    try {
      return storage.state(found.key());
    } catch (IOException e) {
      throw FileErrors.of(storage.address(found.key()), e);
    }
  }

  /** Refuses a file that changed during the copy, because the copy may mix two versions. */
  private void refuseChanged(Storage.Found found, String before, long bytes) {
    String change = null;
    if (bytes != found.bytes()) {
      change = found.bytes() + " bytes when listed, " + bytes + " when read";
    } else if (!before.equals(state(found))) {
      change = "it was written or replaced";
    }
    if (change != null) {
      throw Failure.data(
          "Cannot copy %s: the file changed during the copy (%s). Run again when the export is"
              + " complete.",
          storage.address(found.key()), change);
    }
  }

  private FileSummary read(Storage.Found found, FileDigest digest) {
    String address = storage.address(found.key());
    try (InputStream in = digest.over(storage.open(found.key()))) {
      if (export.source().sourceKind().isTelemetry()) {
        return FileSummary.withoutTable(ResponseFiles.samples(address, in));
      }
      if (!Formats.isRead(found.key())) {
        throw Failure.data(
            "Cannot read %s: only %s files are read. Have it exported in one of these formats.",
            address, Formats.READ);
      }
      if (Formats.isStreamed(found.key())) {
        return reading().streamed(in, address);
      }
      in.transferTo(OutputStream.nullOutputStream());
      return NO_TABLE;
    } catch (IOException e) {
      throw FileErrors.of(address, e);
    }
  }

  /** Returns how many rejected rows of each file of a delivery are kept. */
  static int rejectsKept(int files) {
    return Math.max(1, Math.min(REJECTS_OF_FILE, REJECTS_OF_DELIVERY / files));
  }

  private FileReading reading() {
    return new FileReading(
        Relations.of(config, export.source()),
        config.limits().recordBytesMax(),
        rejectsKept(export.files().size()),
        keyLimit);
  }
}
