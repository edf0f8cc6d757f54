package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QrCodeTest {

    private static final String MAGNET =
            "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567&dn=starling.bin";

    @Test
    void whatIsDrawnReadsBackAsTheLink() throws ReaderException {
        var drawn = QrCode.lines(MAGNET);

        assertThat(read(drawn)).isEqualTo(MAGNET);
    }

    @Test
    void aTextTooLongForACodeDrawsNothing() {
        assertThat(QrCode.lines("x".repeat(10_000))).isEmpty();
    }

    /// Reads the characters as a camera would on a dark terminal: blocks shine.
    private static String read(List<String> lines) throws ReaderException {
        int scale = 4;
        int width = lines.getFirst().length();
        int height = lines.size() * 2;
        int[] pixels = new int[width * scale * height * scale];
        Arrays.fill(pixels, 0);
        for (int y = 0; y < height * scale; y++) {
            for (int x = 0; x < width * scale; x++) {
                char cell = lines.get(y / scale / 2).charAt(x / scale);
                boolean isUpper = y / scale % 2 == 0;
                boolean isLight = cell == '█' || cell == (isUpper ? '▀' : '▄');
                pixels[y * width * scale + x] = isLight ? 0xffffff : 0;
            }
        }
        var source = new RGBLuminanceSource(width * scale, height * scale, pixels);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
    }
}
