package costlake.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdTest {
  private static byte[] frame(String text) {
    return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] content(byte[] bytes) throws IOException {
    try (InputStream in = Compression.content("bill.csv.ZST", new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(7).nextBytes(noise);
    return noise;
  }

  private static byte[] checked(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out)) {
      zstd.setChecksum(true);
      zstd.write(content);
    }
    return out.toByteArray();
  }

  @Test
  void readsEveryFrame() throws IOException {
    assertThat(content(joined(frame("one "), frame(""), frame("two"))))
        .asString()
        .isEqualTo("one two");
    byte[] long1 = noise(3_000_000);
    assertThat(content(checked(long1))).isEqualTo(long1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 100, 200_000, 399_999})
  void refusesAStreamThatIsCut(int bytes) throws IOException {
    byte[] whole = checked(noise(400_000));
    assertThatThrownBy(() -> content(Arrays.copyOf(whole, bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage("the compressed data ends too early");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\n", "rubbish", "\0\0\0\0\0\0\0\0\0\0\0\0"})
  void refusesBytesBehindTheLastFrame(String rubbish) {
    byte[] bytes = joined(frame("whole"), rubbish.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> content(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("the compressed data ends too early|its compressed bytes are .*");
  }

  @Test
  void refusesDamage() throws IOException {
    byte[] whole = checked(noise(400_000));
    whole[200_000] ^= 1;
    assertThatThrownBy(() -> content(whole))
        .hasMessage("its compressed bytes are damaged, or are followed by other bytes");
  }

  @Test
  void refusesWhatIsNoZstandard() {
    assertThatThrownBy(() -> content(new byte[0])).hasMessage("it is not a Zstandard file");
    assertThatThrownBy(() -> content("a,b\n1,2\n".repeat(99).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theNameDecidesAndLosesItsEnd() throws IOException {
    InputStream plain = new ByteArrayInputStream(new byte[0]);
    assertThat(Compression.content("zst.csv", plain)).isSameAs(plain);
    assertThat(Compression.plain("a.csv.zst")).isEqualTo("a.csv");
    assertThat(Compression.plain("a.JSON.GZ")).isEqualTo("a.JSON");
    assertThat(Compression.plain("a.parquet")).isEqualTo("a.parquet");
  }
}
