/// Puts the parts together: for the app, and for its background handler.
library;

import 'package:http/http.dart' as http;
import 'package:path_provider/path_provider.dart';

import 'phone/phone.dart';
import 'phone/stores.dart';
import 'push/firebase_doorbell.dart';
import 'push/system_notices.dart';

class Parts {
  const Parts({required this.phone, required this.notices, required this.client});

  final Phone phone;
  final SystemNotices notices;
  final http.Client client;

  void close() {
    phone.dispose();
    client.close();
  }
}

/// Opens the phone with its files, Firebase and the system's notifications.
///
/// `opened` gets the link of a notification that is tapped while the app runs.
Future<Parts> openParts({void Function(String link)? opened}) async {
  final notices = SystemNotices();
  await notices.start(opened: opened);
  final client = http.Client();
  final phone = Phone(
    Stores.below(kept: await getApplicationSupportDirectory(), cache: await getApplicationCacheDirectory()),
    client: client,
    doorbell: const FirebaseDoorbell(),
    notices: notices,
  );
  return Parts(phone: phone, notices: notices, client: client);
}
