"""Phrases of servers and relays that do not write English, by meaning; the English ones are in the other tables."""

FULL = (
    # German
    "postfach voll", "postfach ist voll", "postfach des empfangers ist voll", "mailbox voll", "mailbox ist voll",
    "speicherplatz", "uberschritten", "ist uberfullt", "postfach uberfullt",
    # French
    "boite pleine", "boite aux lettres pleine", "boite aux lettres est pleine", "boite du destinataire pleine",
    "boite de reception est pleine", "quota depasse", "messagerie est pleine", "boite mail pleine",
    # Spanish, Portuguese, Italian
    "buzon lleno", "buzon esta lleno", "buzon de correo esta lleno", "casilla llena", "cuota excedida",
    "caixa cheia", "caixa postal cheia", "caixa de correio cheia", "caixa de correio esta cheia",
    "caixa de entrada cheia",
    "cota excedida", "casella piena", "casella di posta piena", "casella e piena", "casella postale piena",
    # Dutch, Polish, Czech, Swedish, Danish
    "postbus is vol", "mailbox is vol", "mailbox vol", "skrzynka pelna", "skrzynka jest pelna", "schranka je plna",
    "brevladan ar full", "postkassen er fuld",
    # Swedish, Norwegian, Turkish, Greek, Hungarian, Hebrew, Arabic, Vietnamese, Indonesian
    "inkorgen ar full", "innboksen er full", "postboks er full", "postboksen er full",
    "posta kutusu dolu", "kotasi dolu", "πληρες", "megtelt", "tele van",
    "תיבה מלאה", "התיבה מלאה", "ممتلئ", "hop thu day", "da day", "kotak surat penuh", "penuh",
    # Russian
    "ящик переполнен", "переполнен", "превышена квота", "квота превышена", "превышен размер ящика",
    "почтовый ящик заполнен",
    # Japanese, Chinese, Korean
    "メールボックスが一杯", "メールボックスがいっぱい", "メールボックスの容量", "容量を超え", "容量オーバー",
    "受信容量", "満杯",
    "邮箱已满", "郵箱已滿", "信箱已满", "信箱已滿", "信箱容量", "邮箱空间不足", "邮箱容量", "空间已满", "配额",
    "용량이 초과", "용량 초과", "사서함이 가득",
)  # fmt: skip
DISABLED = (
    "konto gesperrt", "postfach gesperrt", "konto deaktiviert", "postfach deaktiviert", "ist gesperrt",
    "ist deaktiviert",
    "compte desactive", "compte suspendu", "compte bloque", "boite desactivee", "cuenta suspendida",
    "cuenta desactivada",
    "cuenta deshabilitada", "conta suspensa", "conta desativada", "conta bloqueada", "conta inativa",
    "account sospeso", "casella disabilitata",
    "casella sospesa", "geblokkeerd", "gedeactiveerd", "заблокирован", "отключен", "account is uitgeschakeld",
    "アカウントは無効", "利用停止", "受信を拒否", "受信拒否", "账号被禁用", "帐号被禁用", "帐户被禁用",
    "账户被冻结", "邮箱被禁用", "邮箱已被禁用", "邮箱被锁定", "已停用", "휴면",
)  # fmt: skip
MOVED = (
    "nicht mehr aktiv", "nicht mehr gultig", "nicht mehr vorhanden", "nicht mehr verfugbar",
    "existiert nicht mehr", "wurde geloscht", "nicht mehr in unserem",
    "n'existe plus", "n'est plus valide", "n'est plus utilisee", "a ete supprime", "ya no existe",
    "ha sido eliminad", "ya no trabaja", "nao existe mais",
    "foi excluid", "foi desativado definitivamente", "non esiste piu", "non e piu attiv", "bestaat niet meer",
    "больше не существует", "удален",
    "已被删除", "已注销", "已離職", "已离职", "退職", "削除されました", "解約",
)  # fmt: skip
UNKNOWN = (
    # German
    "empfanger unbekannt", "unbekannter empfanger", "benutzer unbekannt", "unbekannter benutzer",
    "adresse unbekannt", "empfangeradresse existiert nicht",
    "empfanger existiert nicht", "postfach existiert nicht", "adresse existiert nicht", "adressat unbekannt",
    "kein solcher benutzer", "mailadresse existiert nicht",
    "nicht gefunden werden", "nicht gefunden wurde", "konnte nicht gefunden", "wurde nicht gefunden",
    "empfanger nicht gefunden",
    "ungultige adresse", "ungultiger empfanger", "nicht bekannt", "ist unbekannt",
    "teilnehmer unbekannt", "gibt es nicht", "ist nicht vorhanden",
    # French
    "utilisateur inconnu", "destinataire inconnu", "adresse inconnue", "destinataire invalide",
    "adresse d au moins un destinataire invalide", "adresse invalide",
    "n'existe pas", "introuvable", "boite inconnue", "adresse n'a pas ete trouvee", "n'a pas pu etre trouve",
    "compte inexistant", "boite aux lettres inconnue", "inexistante",
    # Spanish
    "usuario desconocido", "usuario no existe", "usuario inexistente", "destinatario desconocido",
    "destinatario no existe", "direccion no existe", "no existe ese usuario", "no existe dicha persona",
    "no existe", "no se encontro", "no se ha encontrado", "cuenta inexistente", "buzon inexistente",
    "direccion desconocida", "direccion invalida", "desconocido",
    # Portuguese
    "nao listado", "nao consta", "no listado", "non elencat", "nicht aufgefuhrt", "steht nicht im", "non repertorie",
    "usuario nao existe", "usuario nao encontrado", "destinatario nao existe", "destinatario nao encontrado",
    "destinatario inexistente", "conta inexistente", "conta nao existe", "endereco nao existe",
    "endereco inexistente", "nao existe", "nao foi encontrado", "nao encontrado", "usuario invalido",
    "caixa postal inexistente", "desconhecido",
    # Italian
    "utente sconosciuto", "utente inesistente", "destinatario sconosciuto", "destinatario inesistente",
    "indirizzo inesistente", "non esiste", "nessun utente simile in questo indirizzo",
    "casella inesistente", "indirizzo sconosciuto", "non trovato", "casella non esiste", "sconosciuto",
    # Dutch and others
    "nie ma takiego", "sconosciut", "destinatario errato", "gebruiker onbekend", "onbekende gebruiker",
    "ontvanger onbekend", "bestaat niet", "niet gevonden",
    "adres onbekend", "uzytkownik nieznany", "nie istnieje",
    "nieznany uzytkownik", "nieznany odbiorca", "uzivatel neexistuje",
    "neexistuje",
    "okand anvandare", "okand mottagare", "finns inte", "ukendt bruger", "findes ikke", "ukjent bruker",
    "finnes ikke", "tuntematon", "nem letezik", "kullanici bulunamadi", "bulunamadi", "nu exista",
    # Russian and Ukrainian
    "пользователь не найден", "пользователь неизвестен", "нет такого пользователя", "такого пользователя нет",
    "не существует", "неизвестный пользователь", "адресат не найден", "неизвестный получатель",
    "получатель не найден",
    "неверный адрес", "ящик не найден", "не найден", "несуществующ", "не зарегистрирован", "не існує",
    # Japanese
    "ユーザーが見つかりません", "ユーザが見つかりません", "宛先不明", "あて先不明", "宛先が存在しません",
    "存在しません", "存在しない", "見つかりません", "見つかりませんでした",
    "リストにありません", "不明なユーザ", "宛先アドレスが不明", "該当するユーザ", "ユーザ不明", "受信者が不明",
    # Swedish, Danish, Norwegian, Turkish, Greek, Hungarian, Romanian
    "existerar inte", "hittades inte", "eksisterer ikke", "blev ikke fundet", "ble ikke funnet",
    "gecersiz adres", "mevcut degil", "δεν υπαρχει", "αγνωστος χρηστης", "δεν βρεθηκε", "nem letezo",
    "ismeretlen cimzett",
    "necunoscut", "inexistent",
    # Hebrew, Arabic, Persian, Vietnamese, Indonesian, Thai
    "לא קיים", "לא נמצא", "غير موجود", "غير معروف", "وجود ندارد", "khong ton tai", "khong tim thay",
    "tidak ditemukan",
    "tidak dikenal", "ไม่พบ",
    # Chinese, Korean
    "查無此人", "無此用戶", "用戶不存在", "帳號不存在", "收件者不存在",
    "用户不存在", "帐号不存在", "账号不存在", "邮箱不存在", "收件人不存在", "地址不存在", "不存在", "无此用户",
    "查无此人", "找不到", "無此帳號", "無此使用者", "使用者不存在",
    "未知用户", "地址错误", "无效的收件人", "존재하지 않", "없는 계정", "찾을 수 없",
)  # fmt: skip
UNKNOWN_HOST = (
    "domain existiert nicht", "rechner unbekannt", "host unbekannt", "domaine inconnu", "domaine n'existe pas",
    "hote inconnu", "dominio no existe", "dominio inexistente", "dominio desconocido", "dominio nao existe",
    "dominio non esiste", "dominio sconosciuto", "domein bestaat niet", "домен не существует", "домен не найден",
    "ドメインが見つかりません", "ドメインが存在しません", "域名不存在", "找不到域名", "域名解析",
)  # fmt: skip
UNKNOWN_THINGS = (
    "خطا غير معروف", "eroare necunoscut", "tuntematon virhe", "error desconocido", "errore sconosciuto",
    "erro desconhecido", "сервер не найден", "маршрут не найден", "ключ не найден", "сертификат не найден",
    "файл не найден", "服务器不存在", "证书不存在", "找不到服务器", "找不到文件", "伺服器不存在",
    "サーバーが見つかりません", "サーバが見つかりません", "証明書が見つかりません", "ファイルが見つかりません",
    "서버를 찾을 수 없", "파일을 찾을 수 없", "server niet gevonden", "bestand niet gevonden", "sunucu bulunamadi",
    "server hittades inte", "servern hittades inte", "serveren ble ikke funnet", "serveren blev ikke fundet",
    "khong tim thay may chu", "server tidak ditemukan", "servidor nao encontrado", "servidor no encontrado",
    "fichier introuvable", "serveur introuvable",
)  # fmt: skip
"""Errors, servers, certificates and files nobody knows: they are not people."""
