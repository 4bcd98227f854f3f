package costlake.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipTest {
  private static final int MAGIC = 0;
  private static final int METHOD = 2;
  private static final int FLAGS = 3;
  private static final int HEADER_BYTES = 10;

  private static byte[] member(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
      gz.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at < 0 ? copy.length + at : at] ^= (byte) 0x80;
    return copy;
  }

  private static String content(byte[] bytes) throws IOException {
    try (InputStream in = Compression.content("x.gz", new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void readsEveryMember() throws IOException {
    assertThat(content(joined(member("one "), member(""), member("two"), member(" three"))))
        .isEqualTo("one two three");
  }

  @Test
  void readsEveryMemberOfAStreamThatReturnsOneByteAtATime() throws IOException {
    byte[] bytes = joined(member("one "), member("two"));
    InputStream slow =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(1, len));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    try (InputStream in = Compression.content("x.csv.GZ", slow)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("one two");
    }
  }

  @Test
  void readsOptionalHeaderFields() throws IOException {
    byte[] plain = member("text");
    byte[] header = Arrays.copyOf(plain, HEADER_BYTES);
    header[FLAGS] = 0b11110;
    byte[] optional = joined(header, new byte[] {2, 0, 'x', 'y', 'n', 0, 'c', 0});
    CRC32 crc = new CRC32();
    crc.update(optional);
    byte[] check = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
    byte[] rest = Arrays.copyOfRange(plain, HEADER_BYTES, plain.length);
    assertThat(content(joined(optional, check, rest))).isEqualTo("text");
    assertThatThrownBy(() -> content(joined(optional, changed(check, 0), rest)))
        .hasMessage("it is not a gzip file");
  }

  @Test
  void refusesBytesAfterAMemberThatAreNotAMember() throws IOException {
    byte[] one = member("one");
    for (int broken : new int[] {MAGIC, MAGIC + 1, METHOD, FLAGS}) {
      assertThatThrownBy(() -> content(joined(one, changed(member("two"), broken))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("at byte " + one.length)
          .hasMessageContaining("are not a gzip member");
    }
    assertThatThrownBy(() -> content(joined(one, new byte[512])))
        .hasMessageContaining("are not a gzip member");
    assertThatThrownBy(() -> content(joined(one, new byte[1]))).isInstanceOf(IOException.class);
  }

  @Test
  void refusesATruncatedMember() throws IOException {
    byte[] one = member("one");
    byte[] both = joined(one, member("two"));
    for (int length = one.length + 1; length < both.length; length++) {
      byte[] cut = Arrays.copyOf(both, length);
      assertThatThrownBy(() -> content(cut))
          .isInstanceOf(IOException.class)
          .hasMessage("the compressed data ends too early");
    }
  }

  @Test
  void refusesAWrongChecksumOrLength() throws IOException {
    for (int fromEnd : new int[] {-1, -5}) {
      assertThatThrownBy(() -> content(changed(member("one"), fromEnd)))
          .hasMessage("the checksum of the compressed data is wrong");
    }
  }

  @Test
  void damagedByteNeverChangesTheContent() throws IOException {
    String text = "a,b\n1,2\n".repeat(200);
    byte[] whole = joined(member(text), member(text));
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      String read;
      try {
        read = content(damaged);
      } catch (IOException e) {
        continue;
      }
      assertThat(read).isEqualTo(text + text);
    }
  }

  @Test
  void doesNotChangeUncompressedFiles() throws IOException {
    InputStream plain = new ByteArrayInputStream(new byte[] {1});
    assertThat(Compression.content("bill.csv", plain)).isSameAs(plain);
    assertThatThrownBy(() -> content("a,b\n".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("it is not a gzip file");
    assertThatThrownBy(() -> content(new byte[0])).isInstanceOf(IOException.class);
  }
}
