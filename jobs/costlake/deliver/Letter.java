package costlake.deliver;

import java.nio.ByteBuffer;

/**
 * What one mail says.
 *
 * @param language tag of the language of the texts
 * @param fileName of the attachment, ASCII
 */
record Letter(
    String language, String subject, String text, String html, String fileName, ByteBuffer pdf) {
  Letter {
    pdf = pdf.asReadOnlyBuffer();
  }

  byte[] attachment() {
    byte[] bytes = new byte[pdf.capacity()];
    pdf.duplicate().rewind().get(bytes);
    return bytes;
  }

  /** The same for the same content, whenever it is sent. */
  String sha256() {
    return Digests.sha256(
        Digests.bytes(subject), Digests.bytes(text), Digests.bytes(html), attachment());
  }
}
