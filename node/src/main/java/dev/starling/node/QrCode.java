package dev.starling.node;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A QR code in characters: two modules to a character cell, drawn with the dark modules left dark,
/// inside a light border, so that it reads on dark and light terminals alike.
final class QrCode {

    /// Light modules around the code; scanners want four, most are content with two.
    private static final int BORDER = 2;

    private QrCode() {}

    /// The lines to print, or none where the text is too long for a code.
    static List<String> lines(String text) {
        BitMatrix modules;
        try {
            modules =
                    new QRCodeWriter()
                            .encode(
                                    text,
                                    com.google.zxing.BarcodeFormat.QR_CODE,
                                    0,
                                    0,
                                    Map.of(
                                            EncodeHintType.MARGIN,
                                            BORDER,
                                            EncodeHintType.ERROR_CORRECTION,
                                            ErrorCorrectionLevel.L));
        } catch (WriterException e) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < modules.getHeight(); y += 2) {
            var line = new StringBuilder();
            for (int x = 0; x < modules.getWidth(); x++) {
                boolean isUpperDark = modules.get(x, y);
                boolean isLowerDark = y + 1 >= modules.getHeight() || modules.get(x, y + 1);
                line.append(cell(isUpperDark, isLowerDark));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static char cell(boolean isUpperDark, boolean isLowerDark) {
        if (isUpperDark) {
            return isLowerDark ? ' ' : '▄';
        }
        return isLowerDark ? '▀' : '█';
    }
}
