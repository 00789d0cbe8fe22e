import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/contract/pairing.dart';

void main() {
  test('a scanned link names the service and the code', () {
    final offer = PairingOffer.fromLink('https://posts.test:8443/agent/#pair=ABCD2345')!;

    expect(offer.service, Uri.parse('https://posts.test:8443'));
    expect(offer.code, 'ABCD2345');
  });

  for (final other in ['https://posts.test/agent/', 'a text', 'http://posts.test/agent/#pair=ABCD2345', '']) {
    test('"$other" is no offer', () => expect(PairingOffer.fromLink(other), isNull));
  }

  test('a typed address gets https', () {
    expect(PairingOffer.typed(' posts.test ', 'abcd-2345')!.service, Uri.parse('https://posts.test'));
  });

  test('a typed address that would send the token in clear is refused', () {
    expect(PairingOffer.typed('http://posts.test', 'ABCD2345'), isNull);
    expect(PairingOffer.typed('http://10.0.2.2:8000', 'ABCD2345'), isNotNull);
  });
}
