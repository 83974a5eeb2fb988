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
                    + "bestellnummer bestellung bestellnr auftragsnummer rechnungsnummer"),
    ORDERED_AT(
            EnumSet.of(ImportKind.ORDERS),
            "date orderdate orderedat datetime createdat created time timestamp invoicedate purchasedate paidat datum "
                    + "datumobjednavky cas vytvoreno data datazamowienia datazakupu bestelldatum kaufdatum"),
    EXTERNAL_ID(
            EnumSet.allOf(ImportKind.class),
            "customerid customernumber customerno customer clientid externalid custid kundennummer kundennr kundenid "
                    + "idzakaznika zakaznik cislozakaznika zakaznickecislo idklienta klient numerklienta nrklienta id userid"),
    EMAIL(
            EnumSet.allOf(ImportKind.class),
            "email emailaddress mail customeremail emailklienta emailzakaznika adresemail eposta emailadresse "
                    + "adresaemail billingemail"),
    FIRST_NAME(EnumSet.of(ImportKind.CUSTOMERS), "firstname givenname forename jmeno krestnijmeno imie vorname name1"),
    LAST_NAME(EnumSet.of(ImportKind.CUSTOMERS), "lastname surname familyname prijmeni nazwisko nachname familienname"),
    FULL_NAME(
            EnumSet.of(ImportKind.CUSTOMERS),
            "name fullname customername celejmeno jmenoaprijmeni imieinazwisko nazwa vollername"),
    PHONE(
            EnumSet.of(ImportKind.CUSTOMERS),
            "phone phonenumber telephone mobile mobilephone telefon mobil telefonnicislo numertelefonu telefonnummer tel "
                    + "komorka handy"),
    GENDER(EnumSet.of(ImportKind.CUSTOMERS), "gender sex pohlavi plec geschlecht"),
    BIRTHDAY(
            EnumSet.of(ImportKind.CUSTOMERS),
            "birthday birthdate dateofbirth dob narozeniny datumnarozeni dataurodzenia urodziny geburtsdatum geburtstag"),
    CITY(EnumSet.of(ImportKind.CUSTOMERS), "city town mesto obec miasto miejscowosc stadt ort"),
    COUNTRY(EnumSet.of(ImportKind.CUSTOMERS), "country countrycode zeme stat kraj land panstwo"),
    LOCALE(EnumSet.of(ImportKind.CUSTOMERS), "locale language lang jazyk jezyk sprache"),
    ZONE(EnumSet.of(ImportKind.CUSTOMERS), "timezone zone casovapasmo casovepasmo strefaczasowa zeitzone"),
    TAGS(EnumSet.of(ImportKind.CUSTOMERS), "tags tag labels stitky znacky tagi etykiety schlagworte"),
    CONSENT(
            EnumSet.of(ImportKind.CUSTOMERS),
            "consent newsletter acceptsmarketing emailconsent optin subscribed marketingconsent souhlas odbernovinek zgoda "
                    + "zgodamarketingowa einwilligung"),
    CONSENT_AT(
            EnumSet.of(ImportKind.CUSTOMERS),
            "consentdate consentat subscribedat optindate datumsouhlasu datazgody einwilligungsdatum"),
    STATUS(
            EnumSet.of(ImportKind.ORDERS),
            "status state orderstatus financialstatus stav stavobjednavky statuszamowienia bestellstatus"),
    CURRENCY(EnumSet.of(ImportKind.ORDERS), "currency currencycode mena waluta wahrung waehrung"),
    RATE(EnumSet.of(ImportKind.ORDERS), "rate exchangerate fxrate kurz kurs wechselkurs"),
    ORDER_TOTAL(
            EnumSet.of(ImportKind.ORDERS),
            "ordertotal total grandtotal ordervalue celkem cenacelkem celkovacena cenaobjednavky suma razem "
                    + "wartosczamowienia gesamt gesamtbetrag bestellwert"),
    AMOUNT(
            EnumSet.of(ImportKind.ORDERS),
            "amount value linetotal lineamount sales revenue castka hodnota kwota wartosc betrag umsatz "
                    + "zeilensumme"),
    UNIT_PRICE(
            EnumSet.of(ImportKind.ORDERS),
            "unitprice price itemprice lineitemprice priceperunit jednotkovacena cenazakus cena cenajednostkowa einzelpreis "
                    + "stuckpreis preis"),
    QUANTITY(
            EnumSet.of(ImportKind.ORDERS),
            "quantity qty count units pieces lineitemquantity mnozstvi pocet pocetkusu ks ilosc sztuk menge anzahl stuck"),
    DISCOUNT(EnumSet.of(ImportKind.ORDERS), "discount discountamount linediscount sleva rabat znizka rabatt nachlass"),
    REFUNDED(
            EnumSet.of(ImportKind.ORDERS),
            "refunded refund refundedamount refundamount vraceno vracenacastka zwrot zwrocono erstattet erstattung"),
    REFUNDED_AT(EnumSet.of(ImportKind.ORDERS), "refundedat refunddate datumvraceni datazwrotu erstattungsdatum"),
    SKU(
            EnumSet.of(ImportKind.ORDERS),
            "sku productid productcode stockcode itemcode lineitemsku ean kodproduktu kodzbozi artikelnummer artikelnr"),
    PRODUCT(
            EnumSet.of(ImportKind.ORDERS),
            "product productname item itemname description title lineitemname produkt zbozi nazevproduktu nazwaproduktu "
                    + "towar artikel artikelname produktname"),
    CATEGORY(
            EnumSet.of(ImportKind.ORDERS),
            "category productcategory kategorie kategoria rubrika warengruppe producttype");

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
