package costlake.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalDiskTest {
  @TempDir Path folder;

  @Test
  void createsFilesAndFoldersWithThePermissionsThatHadoopGivesThem() throws IOException {
    write(new LocalFileSystem(), folder.resolve("of-hadoop"));
    write(new LocalDisk(), folder.resolve("ours"));
    assertEquals(permissions("of-hadoop"), permissions("ours"));
    assertEquals(permissions("of-hadoop/file"), permissions("ours/file"));
  }

  @Test
  void startsNoProcessToCreateAFile() throws IOException {
    write(new LocalDisk(), folder.resolve("first"));
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      write(new LocalDisk(), folder.resolve("ours"));
      recording.stop();
      Path events = folder.resolve("events.jfr");
      recording.dump(events);
      assertEquals(List.of(), RecordingFile.readAllEvents(events));
    }
  }

  private static void write(FileSystem files, Path in) throws IOException {
    files.initialize(URI.create("file:///"), new Configuration());
    files.create(new org.apache.hadoop.fs.Path(in.resolve("file").toString())).close();
  }

  private String permissions(String name) throws IOException {
    return Files.getPosixFilePermissions(folder.resolve(name)).toString();
  }
}
