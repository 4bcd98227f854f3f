package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.testing.SmallDisk;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes a lake on a real small disk that is full or read-only. */
@Tag("kill")
class DiskTroubleTest {
  private static final int DISK_MIB = 6;
  private static final int LEFT_FREE = 24 * 1024;

  @TempDir Path disk;
  @TempDir Path readOnly;
  private SmallDisk small;

  @BeforeEach
  void mountADiskOfItsOwn() throws Exception {
    small = SmallDisk.mount(disk, DISK_MIB);
  }

  @AfterEach
  void unmount() throws Exception {
    if (small != null) {
      small.close();
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aFullDiskIsNamedAndYesterdayStands(LakeConfig.Format format) throws IOException {
    Lake lake = open(format, disk);
    SmallNight.run(lake, "night-1", "7");
    small.fill(LEFT_FREE);
    assertThatThrownBy(() -> SmallNight.run(lake, "night-2", "2"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Check that the disk has free space and is writable")
        .hasMessageContaining("the last publication stays in force");
    assertThat(total(lake)).isEqualTo("8");
    small.empty();
    SmallNight.run(lake, "night-3", "2");
    assertThat(total(lake)).isEqualTo("3");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aReadOnlyDiskIsNamedAndCanBeRead(LakeConfig.Format format) throws Exception {
    SmallNight.run(open(format, disk), "night-1", "7");
    assertThat(SmallDisk.run("mount", "--bind", disk.toString(), readOnly.toString())).isZero();
    try {
      assertThat(SmallDisk.run("mount", "-o", "remount,ro,bind", readOnly.toString())).isZero();
      Lake lake = open(format, readOnly);
      assertThatThrownBy(() -> SmallNight.run(lake, "night-2", "2"))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("Read-only file system")
          .hasMessageContaining("the last publication stays in force");
      assertThat(total(lake)).isEqualTo("8");
    } finally {
      SmallDisk.run("umount", "-l", readOnly.toString());
    }
  }

  private static Lake open(LakeConfig.Format format, Path at) {
    LakeConfig config = SparkHarness.lake(format, at.resolve("lake"));
    return Lake.open(config, SparkHarness.session(config));
  }

  private static String total(Lake lake) {
    Row row = lake.read(SmallNight.TOTALS.name()).first();
    return row.getDecimal(0).stripTrailingZeros().toPlainString();
  }
}
