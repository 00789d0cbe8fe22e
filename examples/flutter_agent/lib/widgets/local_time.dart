/// Instants as the person reads them: in the phone's zone, which is named.
library;

import 'package:flutter/widgets.dart';
import 'package:intl/intl.dart';

/// Such as "Tue, Dec 1 9:30 AM WET".
String localTime(BuildContext context, DateTime at) {
  final local = at.toLocal();
  final language = Localizations.localeOf(context).toLanguageTag();
  return '${DateFormat.MMMEd(language).add_jm().format(local)} ${local.timeZoneName}';
}
