package io.perennial.customers;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a column of an imported file can mean, with the words that give it away in a header. */
public enum ImportField {
    ORDER_ID(
            EnumSet.of(ImportKind.ORDERS),
            "orderid order id ordernumber orderno ordernr invoice invoiceno invoicenumber transactionid receipt "
                    + "cisloobjednavky objednavka idobjednavky cislofaktury numerzamowienia nrzamowienia zamowienie idzamowienia "
                    + "bestellnummer bestellung bestellnr auftragsnummer rechnungsnummer narudzba brojnarudzbe sifranarudzbe madonhang sodonhang"),
    ORDERED_AT(
            EnumSet.of(ImportKind.ORDERS),
            "date orderdate orderedat datetime createdat created time timestamp invoicedate purchasedate paidat datum "
                    + "datumobjednavky cas vytvoreno data datazamowienia datazakupu bestelldatum kaufdatum datumnarudzbe datumkupnje ngaydathang ngaymua ngay thoigian"),
    EXTERNAL_ID(
            EnumSet.complementOf(EnumSet.of(ImportKind.SUPPRESSIONS)),
            "customerid customernumber customerno customer clientid externalid custid kundennummer kundennr kundenid "
                    + "idzakaznika zakaznik cislozakaznika zakaznickecislo idklienta klient numerklienta nrklienta id userid idkupca sifrakupca sifra kupac brojkupca makhachhang makh idkhachhang"),
    EMAIL(
            EnumSet.allOf(ImportKind.class),
            "email emailaddress mail customeremail emailklienta emailzakaznika adresemail eposta emailadresse "
                    + "adresaemail billingemail diachiemail thudientu"),
    FIRST_NAME(
            EnumSet.of(ImportKind.CUSTOMERS),
            "firstname first givenname forename jmeno krestnijmeno imie vorname name1 ime ten tengoi"),
    LAST_NAME(
            EnumSet.of(ImportKind.CUSTOMERS),
            "lastname last surname familyname prijmeni nazwisko nachname familienname prezime ho"),
    FULL_NAME(
            EnumSet.of(ImportKind.CUSTOMERS),
            "name fullname customername celejmeno jmenoaprijmeni imieinazwisko nazwa vollername imeiprezime hovaten hoten tenkhachhang"),
    PHONE(
            EnumSet.of(ImportKind.CUSTOMERS),
            "phone phonenumber telephone mobile mobilephone telefon mobil telefonnicislo numertelefonu telefonnummer tel "
                    + "komorka handy mobitel brojtelefona dienthoai sodienthoai sdt didong"),
    GENDER(EnumSet.of(ImportKind.CUSTOMERS), "gender sex pohlavi plec geschlecht spol gioitinh"),
    BIRTHDAY(
            EnumSet.of(ImportKind.CUSTOMERS),
            "birthday birthdate dateofbirth dob narozeniny datumnarozeni dataurodzenia urodziny geburtsdatum geburtstag datumrodenja rodendan ngaysinh sinhnhat"),
    CITY(
            EnumSet.of(ImportKind.CUSTOMERS),
            "city town mesto obec miasto miejscowosc stadt ort grad mjesto thanhpho tinhthanh"),
    COUNTRY(
            EnumSet.of(ImportKind.CUSTOMERS),
            "country countrycode zeme stat kraj land panstwo drzava zemlja quocgia nuoc"),
    LOCALE(EnumSet.of(ImportKind.CUSTOMERS), "locale language lang jazyk jezyk sprache ngonngu"),
    ZONE(
            EnumSet.of(ImportKind.CUSTOMERS),
            "timezone zone casovapasmo casovepasmo strefaczasowa zeitzone vremenskazona muigio"),
    TAGS(EnumSet.of(ImportKind.CUSTOMERS), "tags tag labels stitky znacky tagi etykiety schlagworte oznake nhan the"),
    CONSENT(
            EnumSet.of(ImportKind.CUSTOMERS),
            "consent newsletter acceptsmarketing emailconsent optin subscribed marketingconsent souhlas odbernovinek zgoda "
                    + "zgodamarketingowa einwilligung privola dongynhanthu"),
    CONSENT_AT(
            EnumSet.of(ImportKind.CUSTOMERS),
            "consentdate consentat subscribedat optindate datumsouhlasu datazgody einwilligungsdatum datumprivole ngaydongy"),
    STATUS(
            EnumSet.of(ImportKind.ORDERS),
            "status state orderstatus financialstatus stav stavobjednavky statuszamowienia bestellstatus statusnarudzbe trangthai trangthaidonhang"),
    CURRENCY(EnumSet.of(ImportKind.ORDERS), "currency currencycode mena waluta wahrung waehrung valuta tiente"),
    RATE(EnumSet.of(ImportKind.ORDERS), "rate exchangerate fxrate kurz kurs wechselkurs tecaj tygia"),
    ORDER_TOTAL(
            EnumSet.of(ImportKind.ORDERS),
            "ordertotal total grandtotal ordervalue celkem cenacelkem celkovacena cenaobjednavky suma razem "
                    + "wartosczamowienia gesamt gesamtbetrag bestellwert ukupno sveukupno tongtien tongcong"),
    AMOUNT(
            EnumSet.of(ImportKind.ORDERS),
            "amount value linetotal lineamount sales revenue castka hodnota kwota wartosc betrag umsatz "
                    + "zeilensumme iznos thanhtien sotien"),
    UNIT_PRICE(
            EnumSet.of(ImportKind.ORDERS),
            "unitprice price itemprice lineitemprice priceperunit jednotkovacena cenazakus cena cenajednostkowa einzelpreis "
                    + "stuckpreis preis cijena jedinicnacijena dongia gia"),
    QUANTITY(
            EnumSet.of(ImportKind.ORDERS),
            "quantity qty count units pieces lineitemquantity mnozstvi pocet pocetkusu ks ilosc sztuk menge anzahl stuck kolicina kom soluong"),
    DISCOUNT(
            EnumSet.of(ImportKind.ORDERS),
            "discount discountamount linediscount sleva rabat znizka rabatt nachlass popust giamgia chietkhau"),
    REFUNDED(
            EnumSet.of(ImportKind.ORDERS),
            "refunded refund refundedamount refundamount vraceno vracenacastka zwrot zwrocono erstattet erstattung povrat vraceno hoantien"),
    REFUNDED_AT(
            EnumSet.of(ImportKind.ORDERS),
            "refundedat refunddate datumvraceni datazwrotu erstattungsdatum datumpovrata ngayhoantien"),
    SKU(
            EnumSet.of(ImportKind.ORDERS),
            "sku productid productcode stockcode itemcode lineitemsku ean kodproduktu kodzbozi artikelnummer artikelnr sifraproizvoda masanpham"),
    PRODUCT(
            EnumSet.of(ImportKind.ORDERS),
            "product productname item itemname description title lineitemname produkt zbozi nazevproduktu nazwaproduktu "
                    + "towar artikel artikelname produktname proizvod nazivproizvoda artikl sanpham tensanpham"),
    CATEGORY(
            EnumSet.of(ImportKind.ORDERS),
            "category productcategory kategorie kategoria rubrika warengruppe producttype kategorija danhmuc nhomhang"),
    TOPIC(
            EnumSet.of(ImportKind.CONSENTS),
            "topic topiccode topicname consenttopic purpose tema ucel temat cel svrha chude mucdich thema zweck"),
    DECISION(
            EnumSet.of(ImportKind.CONSENTS),
            "decision consent consentstatus status state subscribed optin rozhodnuti souhlas stav stavsouhlasu decyzja zgoda "
                    + "stan odluka privola stanje quyetdinh dongy trangthai einwilligung entscheidung"),
    DECIDED_AT(
            EnumSet.of(ImportKind.CONSENTS),
            "decidedat consentdate consentat date when at timestamp optindate optintime confirmtime datumsouhlasu datum kdy "
                    + "datazgody data kiedy datumprivole kada ngaydongy ngay einwilligungsdatum wann"),
    SOURCE(
            EnumSet.of(ImportKind.CONSENTS),
            "source origin channel form zdroj puvod zrodlo pochodzenie izvor nguon quelle herkunft"),
    WORDING(
            EnumSet.of(ImportKind.CONSENTS),
            "wording text consenttext exacttext textsouhlasu zneni tresczgody tresc tekst tekstprivole noidung wortlaut"),
    REASON(
            EnumSet.of(ImportKind.SUPPRESSIONS),
            "reason suppressionreason bouncetype unsubscribereason duvod powod razlog lydo grund"),
    SUPPRESSED_AT(
            EnumSet.of(ImportKind.SUPPRESSIONS),
            "suppressedat since date when at timestamp unsubscribedat unsubtime optouttime bouncedat datum kdy data kiedy "
                    + "kada ngay wann seit"),
    NOTE(
            EnumSet.of(ImportKind.SUPPRESSIONS),
            "note comment remark detail evidence poznamka uwaga uwagi napomena ghichu notiz bemerkung");

    private final Set<ImportKind> kinds;
    private final Set<String> words;

    ImportField(Set<ImportKind> kinds, String words) {
        this.kinds = Set.copyOf(kinds);
        this.words = Set.copyOf(List.of(words.split(" ")));
    }

    /** The fields a file of this kind can have, in the order a person would name them. */
    public static List<ImportField> of(ImportKind kind) {
        return Arrays.stream(values()).filter(f -> f.kinds.contains(kind)).toList();
    }

    /**
     * Whether a header says this.
     *
     * @param header letters and digits only, lower case, without accents
     */
    boolean isCalled(String header) {
        return words.contains(header);
    }
}
